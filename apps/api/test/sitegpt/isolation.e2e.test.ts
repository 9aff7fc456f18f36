import { routes } from "@butler/contracts"
import { freshPglite } from "@butler/persistence/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, textAt } from "../support/call.ts"
import { type Api, startApi } from "../support/startApi.ts"

const ENTRY = { title: "A", description: "B", instructions: "C", temperature: 0.5 }

/** Enough for every call that has a body to be understood. */
const BODY = {
  ...ENTRY,
  chatbotName: "Mallory",
  message: "Mallory was here",
  links: [{ url: "https://example.com/" }],
  sourceType: "URLS_LIST",
  config: { urls: ["https://example.com/"] },
  text: "Mallory was here",
  mode: "AGENT",
  reaction: "NEGATIVE",
  chatMode: "AGENT"
}

const ofChatbots = routes.filter(({ path }) => /^\/api\/v[01]\/chatbots\/:chatbotId/.test(path))

let api: Api
let stranger: string
let names: Readonly<Record<string, string>>
let bot: string

beforeAll(async () => {
  api = await startApi(freshPglite, { environment: { BUTLER_SAMPLE: "off" } })
  const chatbotId = textAt((await call(api, "/v1/agents")).body, "data", 0, "id")
  bot = `/api/v0/chatbots/${chatbotId}`
  const sent = await call(api, `${bot}/message`, { json: { message: "Hello" } })
  const prompt = await call(api, `${bot}/settings/prompts`, { json: ENTRY })
  const persona = await call(api, `${bot}/settings/personas`, { json: ENTRY })
  await call(api, `${bot}/follow-up-prompts`, { json: ENTRY })
  const followUps = await call(api, `${bot}/follow-up-prompts`)
  names = {
    chatbotId,
    threadId: textAt(sent.body, "data", "threadId"),
    messageId: textAt(sent.body, "data", "message", "id"),
    promptId: textAt(prompt.body, "data", "prompt", "id"),
    personaId: textAt(persona.body, "data", "persona", "id"),
    followUpPromptId: textAt(followUps.body, "data", "followUpPrompts", 0, "id")
  }
  const made = await call(api, "/v1/workspaces", { json: { name: "Stranger" } })
  stranger = textAt(made.body, "apiKey", "key")
})
afterAll(() => api.stop())

const addressOf = (path: string) => path.replaceAll(/:(\w+)/g, (_, name: string) => names[name] ?? name)
const json = (method: string) => (method === "POST" || method === "PATCH" ? { json: BODY } : {})

/** All that could have been changed. */
const state = async () => {
  const [chatbot, thread] = await Promise.all([
    call(api, bot),
    call(api, `${bot}/threads/${names["threadId"]}?includeChatUser=true`)
  ])
  return [chatbot.body, thread.body]
}

describe("another workspace's chatbot", () => {
  it("has routes to try", () => {
    expect(ofChatbots.length).toBeGreaterThan(40)
  })

  it.each(ofChatbots)("does not exist for $method $path", async ({ method, path }) => {
    const before = await state()
    const answer = await call(api, addressOf(path), { method, key: stranger, ...json(method) })
    expect([answer.status, at(answer.body, "error", "code")]).toEqual([404, "CHATBOT_NOT_FOUND"])
    expect(await state()).toEqual(before)
  })

  it.each(ofChatbots)("nobody without a key gets to $method $path", async ({ method, path }) => {
    const answer = await call(api, addressOf(path), { method, key: null, ...json(method) })
    expect([answer.status, at(answer.body, "error", "code")]).toEqual([401, "API_KEY_NOT_VALID"])
  })

  it("is not in a list", async () => {
    const { body } = await call(api, "/api/v0/chatbots", { key: stranger })
    expect(JSON.stringify(body)).not.toContain(names["chatbotId"])
  })
})
