import { routes } from "@butler/contracts/openapi"
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

/** All of the face, and what nobody but visitors' browsers asks for beside. */
const ofFace = routes.filter(({ path }) => /^\/api\/v[01]\//.test(path))

/** Those that name something inside of a chatbot. */
const within = ofChatbots.filter(({ path }) => /:(?:thread|message|prompt|persona|followUpPrompt)Id/.test(path))

let api: Api
let stranger: string
let theirs: string
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
  const own = await call(api, "/api/v0/chatbots", { key: stranger, json: { chatbotName: "Theirs" } })
  theirs = textAt(own.body, "data", "chatbot", "id")
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

describe("what is inside another workspace's chatbot", () => {
  it.each(within)("is in none of one's own for $method $path", async ({ method, path }) => {
    const before = await state()
    const address = addressOf(path.replace(":chatbotId", theirs))
    const answer = await call(api, address, { method, key: stranger, ...json(method) })
    expect([answer.status, at(answer.body, "error", "code")]).toEqual([404, expect.stringMatching(/_NOT_FOUND$/)])
    expect(await state()).toEqual(before)
  })
})

describe("every address of the face", () => {
  it.each([...new Set(ofFace.map(({ path }) => path))])("refuses PUT of %s in its envelope", async (path) => {
    const { body, headers, status } = await call(api, addressOf(path), { method: "PUT", json: {} })
    expect([status, at(body, "error", "code")]).toEqual([405, "METHOD_NOT_ALLOWED"])
    const served = ofFace.filter((route) => route.path === path).map(({ method }) => method)
    expect(headers.get("allow")?.split(", ")).toEqual(expect.arrayContaining(served))
  })

  it.each(ofFace.filter(({ method }) => method === "POST" || method === "PATCH"))(
    "refuses bodies of $method $path that cannot be read, or are too large",
    async ({ method, path }) => {
      const before = await state()
      const send = (raw: string, type: string) =>
        call(api, addressOf(path), { method, raw, headers: { "content-type": type } })
      const answers = [
        await send("{", "application/json"),
        await send("message=Hello", "application/x-www-form-urlencoded"),
        await send(JSON.stringify({ text: "x".repeat(1_100_000) }), "application/json")
      ]
      for (const { body, status } of answers) {
        expect([status, at(body, "error", "code")]).toEqual([400, "REQUEST_VALIDATION_FAILED"])
      }
      expect(await state()).toEqual(before)
    }
  )
})
