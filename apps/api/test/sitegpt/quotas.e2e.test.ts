import { createServer, type Server } from "node:http"
import { freshPglite } from "@butler/persistence/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Answer, at, call, COMPLETIONS, listAt, textAt } from "../support/call.ts"
import { eachAsNewUser, QUOTAS } from "../support/eachAsNewUser.ts"
import { type Api, startApi } from "../support/startApi.ts"

const V3 = "/api/open/v3/butler/chat/completions"
const PAGES = 8

let site: Server
let origin: string
let api: Api

const sources = async () => listAt((await ask("/v1/knowledge/sources")).body, "data")
const messagesIn = async (path: string) =>
  listAt((await ask(`${path}/threads/desk`)).body, "data", "thread", "messages").map((message) => [
    at(message, "messageType"),
    at(message, "systemMessageType")
  ])
const links = (...paths: ReadonlyArray<string>) => ({ links: paths.map((path) => ({ url: `${origin}${path}` })) })
const codeOf = ({ body }: Answer) => at(body, "error", "code") ?? at(body, "error", "type") ?? at(body, "code")

beforeAll(async () => {
  site = createServer(({ url = "" }, response) => {
    const links = Array.from({ length: PAGES }, (_, n) => `<a href="/${n}">${n}</a>`).join(" ")
    const text = `<html><head><title>${url}</title></head><body><main><p>This is ${url}.</p>${links}</main></body></html>`
    if (url === "/robots.txt") response.writeHead(404).end()
    else response.writeHead(200, { "content-type": "text/html" }).end(text)
  })
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve))
  const address = site.address()
  origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`
  api = await startApi(freshPglite, {
    environment: {
      BUTLER_SAMPLE: "off",
      BUTLER_RATE_PER_MINUTE: "0",
      BUTLER_EGRESS_ALLOW: "127.0.0.1/32"
    }
  })
})
afterAll(async () => {
  await api.stop()
  site.close()
})

const { ask, entitle, newChatbot, chatbotId } = eachAsNewUser(() => api)

describe("the quota of messages", () => {
  it("lets of 50 at once, over all faces, as many in as are left; each refuses in its own envelope", async () => {
    const id = await chatbotId()
    const faces: ReadonlyArray<readonly [string, unknown, number, unknown]> = [
      [COMPLETIONS, { query: "Hello" }, 403, { code: 403, data: null, error: { type: "messages_limit_reached" } }],
      [COMPLETIONS, { query: "Hello", stream: true }, 403, { code: 403, error: { type: "messages_limit_reached" } }],
      [COMPLETIONS, { query: "Hello", async: true }, 403, { code: 403, error: { type: "messages_limit_reached" } }],
      [V3, { body: { query: "Hello" } }, 403, { code: 403, error: { type: "messages_limit_reached" } }],
      [`/v1/agents/${id}/turns`, { query: "Hello" }, 403, { status: 403, code: "messages_limit_reached" }],
      [
        `/api/v0/chatbots/${id}/message`,
        { message: "Hello" },
        403,
        {
          success: false,
          message: "Failed to send the message",
          data: null,
          error: { code: "MESSAGES_LIMIT_REACHED", details: null }
        }
      ]
    ]
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        const [path, json, status, body] = faces[n % faces.length] ?? []
        const answer = await ask(path ?? "", { json })
        if (answer.status >= 300) expect(answer).toMatchObject({ status, body })
        return answer.status
      })
    )
    expect(answers.filter((status) => status < 300).length).toBe(QUOTAS.combinedMessagesQuota)
    expect(listAt((await ask("/v1/dialogs?limit=100")).body, "data").length).toBe(QUOTAS.combinedMessagesQuota)
    for (const [path, json, status, body] of faces) expect(await ask(path, { json })).toMatchObject({ status, body })
    await entitle({ combinedMessagesQuota: QUOTAS.combinedMessagesQuota + 1 })
    expect((await ask(COMPLETIONS, { json: { query: "Hello" } })).status).toBe(200)
    expect((await ask(COMPLETIONS, { json: { query: "Hello" } })).status).toBe(403)
    // Of the reseller itself nothing is counted.
    expect((await call(api, COMPLETIONS, { json: { query: "Hello" } })).status).toBe(200)
  })

  it("counts a repeated request once, and answers it when nothing is left", async () => {
    await entitle({ combinedMessagesQuota: 1 })
    const say = () => ask(COMPLETIONS, { json: { query: "Hello" }, headers: { "idempotency-key": "order-1" } })
    const answers = await Promise.all([say(), say(), say(), say()])
    const turns = [...answers, await say()].map(({ body }) => at(body, "data", "turnId"))
    expect(new Set(turns).size).toBe(1)
    expect(turns[0]).toBeTypeOf("string")
    expect((await ask(COMPLETIONS, { json: { query: "Hello" } })).status).toBe(403)
  })

  it("of 0 lets none in; what people say is not counted", async () => {
    const id = await chatbotId()
    await entitle({ combinedMessagesQuota: 0 })
    const path = `/api/v0/chatbots/${id}`
    expect(codeOf(await ask(`${path}/message`, { json: { message: "Hello" } }))).toBe("MESSAGES_LIMIT_REACHED")
    await ask(`${path}/threads`, { json: { threadId: "desk" } })
    const said = await ask(`${path}/message`, { json: { message: "Hello", from: "AGENT", threadId: "desk" } })
    expect(said.status).toBe(200)
  })
})

describe("a thread whose visitor has no message left", () => {
  it("says so once, until something else is said; on every face, with no turn", async () => {
    const path = `/api/v0/chatbots/${await chatbotId()}`
    const say = (rest: Record<string, string> = {}) =>
      ask(`${path}/message`, { json: { message: "Hello", threadId: "desk", ...rest } })
    expect((await say()).status).toBe(200)
    await entitle({ combinedMessagesQuota: 0 })
    const refused = await Promise.all([say(), say(), say(), say(), say({ threadId: "none" })])
    expect(refused.map(codeOf)).toEqual(refused.map(() => "MESSAGES_LIMIT_REACHED"))
    const [asked, spent] = [
      ["NORMAL_MESSAGE", null],
      ["SYSTEM_MESSAGE", "EXCEEDED_USAGE_LIMITS"]
    ]
    expect(await messagesIn(path)).toEqual([asked, spent])
    await say()
    expect(await messagesIn(path)).toEqual([asked, spent])
    await say({ from: "AGENT" })
    await say()
    expect(await messagesIn(path)).toEqual([asked, spent, ["AGENT_MESSAGE", null], spent])
    const native = listAt((await ask("/v1/dialogs/desk/messages")).body, "data")
    expect(native.map((message) => at(message, "sender", "type"))).toEqual([
      "contact",
      "agent",
      "system",
      "person",
      "system"
    ])
    await entitle({ combinedMessagesQuota: 10 })
    expect(await say()).toMatchObject({ status: 200, body: { data: { message: { messageType: "NORMAL_MESSAGE" } } } })
  })

  it("says nothing in the thread of another chatbot", async () => {
    const [mine, other] = [`/api/v0/chatbots/${await chatbotId()}`, `/api/v0/chatbots/${await chatbotId()}`]
    await ask(`${mine}/threads`, { json: { threadId: "desk" } })
    await entitle({ combinedMessagesQuota: 0 })
    await ask(`${other}/message`, { json: { message: "Hello", threadId: "desk" } })
    expect(await messagesIn(mine)).toEqual([])
  })
})

describe("the quota of chatbots", () => {
  it("lets as many be made, on either face; one that is deleted makes room", async () => {
    expect(at((await ask("/api/v0/chatbots")).body, "data", "chatbots")).toEqual([])
    const native = () => ask("/v1/agents", { json: { name: "Native" } })
    const made = await Promise.all([newChatbot(), native(), newChatbot(), native()])
    expect(made.filter(({ status }) => status < 300).length).toBe(2)
    expect(await newChatbot()).toMatchObject({
      status: 403,
      body: { success: false, message: "Failed to create the chatbot", error: { code: "CHATBOT_LIMIT_REACHED" } }
    })
    expect(await native()).toMatchObject({ status: 403, body: { code: "chatbot_limit_reached" } })
    const listed = listAt((await ask("/api/v0/chatbots")).body, "data", "chatbots")
    expect(listed.length).toBe(2)
    await ask(`/api/v0/chatbots/${textAt(listed, 0, "id")}`, { method: "DELETE" })
    expect((await native()).status).toBe(201)
    await entitle({ chatbotsQuota: 1 })
    expect(codeOf(await newChatbot())).toBe("CHATBOT_LIMIT_REACHED")
    expect(listAt((await ask("/api/v0/chatbots")).body, "data", "chatbots").length).toBe(2)
  })
})

describe("the quota of links", () => {
  it("lets all of a list in or none", async () => {
    const path = `/api/v0/chatbots/${await chatbotId()}/links`
    expect(await ask(path, { json: links("/0", "/1", "/2", "/3") })).toMatchObject({
      status: 403,
      body: { message: "Failed to add the links", error: { code: "LINKS_LIMIT_REACHED" } }
    })
    expect(await sources()).toEqual([])
    expect((await ask(path, { json: links("/0", "/1") })).status).toBe(200)
    expect(codeOf(await ask(path, { json: links("/1", "/2", "/3") }))).toBe("LINKS_LIMIT_REACHED")
    // What is there already is read again, and no further link.
    expect((await ask(path, { json: links("/1", "/2") })).status).toBe(200)
    expect((await ask(path, { json: links("/0", "/1", "/2") })).status).toBe(200)
    const native = { kind: "url", url: `${origin}/4` }
    expect(await ask("/v1/knowledge/sources", { json: native })).toMatchObject({
      status: 403,
      body: { code: "links_limit_reached" }
    })
    expect((await sources()).length).toBe(3)
  })

  it("lets a site be read as far as it goes, and no page be lost when it is lowered", async () => {
    const site = { kind: "site", url: `${origin}/` }
    const made = await ask("/v1/knowledge/sources", { json: site })
    const path = `/v1/knowledge/sources/${textAt(made.body, "id")}`
    const pages = async () => at((await ask(path)).body, "items", "ready")
    const status = async () => at((await ask(path)).body, "status")
    await expect.poll(status, { interval: 20, timeout: 20_000 }).toBe("ready")
    expect(await pages()).toBe(3)
    await entitle({ linksQuota: 1 })
    const readAt = async () => at((await ask(path)).body, "syncedAt")
    const before = await readAt()
    await ask(`${path}/sync`, { method: "POST" })
    await expect.poll(readAt, { interval: 20, timeout: 20_000 }).not.toBe(before)
    await expect.poll(status, { interval: 20, timeout: 20_000 }).toBe("ready")
    expect(await pages()).toBe(3)
    expect(codeOf(await ask("/v1/knowledge/sources", { json: { kind: "url", url: `${origin}/x` } }))).toBe(
      "links_limit_reached"
    )
  })
})

describe("the quota of files", () => {
  it("lets as many in as may be, however they come; one that is deleted makes room", async () => {
    const upload = (name: string) =>
      ask(`/v1/knowledge/sources/upload?name=${name}`, {
        raw: "The aquarium opens at ten.",
        headers: { "content-type": "text/plain" }
      })
    const written = () => ask("/v1/knowledge/sources", { json: { kind: "text", text: "Hall four." } })
    const all = await Promise.all([upload("a.txt"), upload("b.txt"), written(), upload("c.txt")])
    const taken = all.filter(({ status }) => status === 202)
    expect(taken.length).toBe(2)
    expect(await upload("d.txt")).toMatchObject({ status: 403, body: { code: "files_limit_reached" } })
    await ask(`/v1/knowledge/sources/${textAt(taken[0]?.body, "id")}`, { method: "DELETE" })
    expect((await written()).status).toBe(202)
    expect(codeOf(await written())).toBe("files_limit_reached")
  })
})
