import { randomUUID } from "node:crypto"
import { at, call, listAt, say, textAt } from "../support/call.ts"
import { type Api, KEY } from "../support/startApi.ts"

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64"
)

export const iconForm = (): FormData => {
  const form = new FormData()
  form.set("iconSrc", new File([new Uint8Array(PNG)], "icon.png", { type: "image/png" }))
  form.set("iconType", "BOT")
  return form
}

export const hourAgo = (): string => new Date(Date.now() - 3_600_000).toISOString()

export type Names = Readonly<Record<string, string>>
type Make = (names: Names, collection: string) => Promise<string>

/** Makes what the parts of a path name: each operation has things of its own, so that none depends on another. */
export const fixturesOf = (api: Api, receiverUrl: string): Readonly<Record<string, Make>> => {
  const body = async (path: string, json?: unknown, method?: string) =>
    (await call(api, path, { ...(json !== undefined && { json }), ...(method !== undefined && { method }) })).body
  const made =
    (path: string, json: () => unknown, ...key: ReadonlyArray<string>): Make =>
    async () =>
      textAt(await body(path, json()), ...key)
  const first = async (path: string) => textAt(await body(path), "data", 0, "id")
  const said = async () => at(await body("/api/open/v4/butler/chat/completions", { query: "退款需要多久?" }), "data")
  const message = async ({ chatbotId }: Names) =>
    at(await body(`/api/v0/chatbots/${chatbotId}/message`, { message: "Hello" }), "data")
  const entry: Make = async (_, collection) => {
    await body(collection, { title: "Brief", description: "Short", instructions: "Be brief.", temperature: 0.2 })
    const data = at(await body(collection), "data")
    const list = typeof data === "object" && data !== null ? (Object.values(data).find(Array.isArray) ?? []) : []
    return textAt(list, list.length - 1, "id")
  }
  return {
    chatbotId: made("/api/v0/chatbots", () => ({ chatbotName: "Example" }), "data", "chatbot", "id"),
    promptId: entry,
    personaId: entry,
    followUpPromptId: entry,
    threadId: async (names) => textAt(await message(names), "threadId"),
    messageId: async (names) => textAt(await message(names), "message", "id"),
    iconId: async () => {
      const chatbotId = textAt(await body("/api/v0/chatbots", { chatbotName: "Icon" }), "data", "chatbot", "id")
      await fetch(`${api.url}/api/v0/chatbots/${chatbotId}/icons`, {
        method: "POST",
        headers: { authorization: `Bearer ${KEY}` },
        body: iconForm()
      })
      const chatbot = await body(`/api/v0/chatbots/${chatbotId}`)
      return textAt(chatbot, "data", "chatbot", "settings", "iconSrcUrl").split("/").at(-1) ?? ""
    },
    brandId: made("/v1/brands", () => ({ name: "Example" }), "id"),
    userId: async ({ brandId }) =>
      textAt(
        await body(`/api/v0/w/brands/${brandId}/users`, {
          email: `${randomUUID()}@example.com`,
          chatbotsQuota: 1,
          linksQuota: 1,
          filesQuota: 1,
          combinedMessagesQuota: 1,
          membersQuota: 1
        }),
        "data",
        "whitelabelUser",
        "id"
      ),
    dialogId: async () => textAt(await said(), "dialogId"),
    turnId: async () => textAt(await said(), "turnId"),
    contactId: async () => textAt(await body(`/v1/dialogs/${textAt(await said(), "dialogId")}`), "contactId"),
    memoryId: async ({ contactId }) =>
      textAt(await body(`/v1/contacts/${contactId}/memories`, { text: "Prefers mornings." }), "id"),
    documentId: made("/v1/knowledge/documents", () => ({ name: "Hours", text: "We open at nine." }), "id"),
    knowledgeBaseId: made("/v1/knowledge/bases", () => ({ name: "Example" }), "id"),
    sourceId: made(
      "/v1/knowledge/sources",
      () => ({ kind: "markdown", name: "Hours", text: "# Hours\n\nNine." }),
      "id"
    ),
    questionId: async () => {
      await say(api, { query: `Xylophone quagmire ${randomUUID()}?` })
      return first("/v1/knowledge/unanswered")
    },
    agentId: async (_, collection) => {
      const agentId = textAt(await body("/v1/agents", { name: "Example" }), "id")
      await body(`/v1/agents/${agentId}`, { instructions: "Be brief." }, "PATCH")
      await body(`${collection}/${agentId}/draft`, { instructions: "Be kind." }, "PATCH")
      return agentId
    },
    version: async () => "1",
    workspaceId: async () => textAt(await body("/v1/workspace"), "id"),
    endpointId: made("/v1/webhook-endpoints", () => ({ url: receiverUrl }), "id"),
    deliveryId: async (_, collection) => {
      await said()
      for (;;) {
        const list = await body(collection)
        if (listAt(list, "data").length > 0) return textAt(list, "data", 0, "id")
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    replayId: async (_, collection) =>
      textAt(await body(collection.replace("/replays", "/replay"), { since: hourAgo() }), "id"),
    id: made("/v1/api-keys", () => ({ name: "reporting", scopes: ["dialogs:read"] }), "id")
  }
}

/** The path with all of its names filled in, from left to right. */
export const fillIn = async (fixtures: Readonly<Record<string, Make>>, path: string): Promise<[string, Names]> => {
  let filled = path
  const names: Record<string, string> = {}
  for (const [part, name = ""] of path.matchAll(/\{(\w+)\}/g)) {
    const make = fixtures[name]
    if (make === undefined) throw new Error(`nothing makes {${name}}`)
    names[name] = await make(names, filled.slice(0, filled.indexOf(`/${part}`)))
    filled = filled.replace(part, names[name])
  }
  return [filled, names]
}
