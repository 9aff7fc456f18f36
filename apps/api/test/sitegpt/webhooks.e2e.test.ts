import { freshPglite } from "@butler/persistence/testing"
import { type ReceivedRequest, type Receiver, startReceiver } from "@butler/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, listAt, say, textAt } from "../support/call.ts"
import { type Api, startApi } from "../support/startApi.ts"

const ENDPOINTS = "/v1/webhook-endpoints"
const TOKEN = "t0ken-of-the-chatbot"

let receiver: Receiver
let api: Api

beforeAll(async () => {
  receiver = await startReceiver()
  api = await startApi(freshPglite, { environment: { BUTLER_SAMPLE: "off", BUTLER_EGRESS_ALLOW: "127.0.0.1" } })
})
afterAll(async () => {
  await api.stop()
  await receiver.stop()
})

const requestsTo = (path: string): ReadonlyArray<ReceivedRequest> =>
  receiver.requests.filter((request) => request.path === path)

/** What a path of the receiver was told, once it is so many. */
const toldAt = async (path: string, count: number): Promise<ReadonlyArray<unknown>> => {
  await expect.poll(() => requestsTo(path).length, { timeout: 15_000 }).toBe(count)
  return requestsTo(path).map(({ body }): unknown => JSON.parse(body))
}

const patch = (path: string, json: unknown) => call(api, path, { method: "PATCH", json })

const unanswered = async () =>
  listAt((await call(api, "/v1/knowledge/unanswered")).body, "data").map((item) => at(item, "question"))

/** A chatbot whose events go to a path of the receiver. */
const newChatbot = async (path: string) => {
  const made = await call(api, "/api/v0/chatbots", { json: { chatbotName: "Ada" } })
  const id = textAt(made.body, "data", "chatbot", "id")
  const bot = `/api/v0/chatbots/${id}`
  const set = (json: unknown) => patch(`${bot}/settings/advanced`, json)
  expect(await set({ webhookUrl: `${receiver.url}${path}`, webhookToken: TOKEN })).toMatchObject({ status: 200 })
  const send = async (json: Readonly<Record<string, unknown>>) =>
    at((await call(api, `${bot}/message`, { json })).body, "data")
  const endpoints = async (query = "") => listAt((await call(api, `${ENDPOINTS}?chatbotId=${id}${query}`)).body, "data")
  return { id, bot, set, send, endpoints }
}

describe("webhooks of chatbots", () => {
  it("one core: what comes through each API and from people is told as the thread shows it", async () => {
    const { bot, id, send } = await newChatbot("/core")
    const icon = "https://example.com/i.png"
    const sent = await send({ message: "Hello", iconUrl: icon, agentName: "Visitor" })
    const threadId = textAt(sent, "threadId")
    await say(api, { query: "Are you there?", dialogId: threadId })
    await send({ message: "I am Ada.", from: "AGENT", threadId, agentName: "Ada" })
    await call(api, `/v1/dialogs/${threadId}/messages`, {
      json: { sender: { type: "person", id: "p-7" }, content: "I help." }
    })
    await patch(`${bot}/threads/${threadId}`, { mode: "AGENT" })
    await send({ message: "Thanks", threadId })
    await call(api, `${bot}/threads/${threadId}/escalate`, { json: { escalationPrompt: "A refund" } })
    const told = await toldAt("/core", 7)
    const shown = listAt((await call(api, `${bot}/threads/${threadId}`)).body, "data", "thread", "messages")
    expect(told.slice(0, 6).map((body) => at(body, "data"))).toEqual(
      shown.map((message) => ({
        chatbotId: id,
        threadId,
        messageId: at(message, "messageId"),
        gptModel: "gpt-3.5-turbo",
        sources: at(message, "sources"),
        question: at(message, "question", "text") ?? "",
        answer: at(message, "answer", "text") ?? "",
        messageType: at(message, "messageType"),
        agentId: at(message, "answer", "text") === "I help." ? "p-7" : null,
        iconUrl: at(message, "iconUrl"),
        agentName: at(message, "agentName"),
        systemMessageType: at(message, "systemMessageType"),
        prompts: at(message, "prompts"),
        createdAt: at(message, "question", "timestamp") ?? at(message, "answer", "timestamp")
      }))
    )
    expect(told.map((body) => [at(body, "event"), at(body, "data", "messageType")])).toEqual([
      ["ADD_MESSAGE", "NORMAL_MESSAGE"],
      ["ADD_MESSAGE", "NORMAL_MESSAGE"],
      ["ADD_MESSAGE", "AGENT_MESSAGE"],
      ["ADD_MESSAGE", "AGENT_MESSAGE"],
      ["ADD_MESSAGE", "USER_MESSAGE"],
      ["ADD_MESSAGE", "SYSTEM_MESSAGE"],
      ["CONVERSATION_ESCALATED", undefined]
    ])
    expect(at(told[0], "data", "iconUrl")).toBe(icon)
    expect(told[6]).toEqual({
      event: "CONVERSATION_ESCALATED",
      data: {
        chatbotId: id,
        threadId,
        chatUser: null,
        escalationPrompt: "A refund",
        escalatedAt: expect.stringMatching(/^\d{4}-.*\.\d{6}Z$/)
      }
    })
    const ids = new Set(requestsTo("/core").map(({ headers }) => headers["webhook-id"]))
    expect(ids.size).toBe(7)
    for (const { headers } of requestsTo("/core")) {
      expect(headers).toMatchObject({ "x-webhook-token": TOKEN, "webhook-signature": expect.stringMatching(/^v1,/) })
    }
  })

  it("a hand-over through the native API escalates, a chatbot that leaves all to people does not", async () => {
    const { bot, send } = await newChatbot("/people")
    const threadId = textAt(await send({ message: "Hello" }), "threadId")
    await call(api, `/v1/dialogs/${threadId}/hand-over`, { json: { reason: "refund", closingMessage: "Bye." } })
    const told = await toldAt("/people", 3)
    expect(told.map((body) => at(body, "event"))).toEqual(["ADD_MESSAGE", "ADD_MESSAGE", "CONVERSATION_ESCALATED"])
    expect(at(told[2], "data", "escalationPrompt")).toBe("refund")
    const listed = await call(api, `${bot}/threads?limit=1`)
    expect(at(listed.body, "data", "threads", 0)).toMatchObject({ threadId, escalated: true })
    await patch(`${bot}/settings/chat-mode`, { chatMode: "AGENT" })
    await send({ message: "Anybody?" })
    const [, , , last] = await toldAt("/people", 4)
    expect(last).toMatchObject({
      event: "ADD_MESSAGE",
      data: { messageType: "USER_MESSAGE", question: "Anybody?", answer: "" }
    })
  })

  it("a lead is told of when a visitor is named, unless the settings say no", async () => {
    const { bot, id } = await newChatbot("/leads")
    const create = (json: unknown) => call(api, `${bot}/threads`, { json })
    const made = await create({ chatUserEmail: "grace@example.com" })
    const threadId = textAt(made.body, "data", "thread", "threadId")
    const [lead] = await toldAt("/leads", 1)
    expect(lead).toEqual({
      event: "LEAD_COLLECTED",
      data: {
        chatbotId: id,
        threadId,
        chatUser: {
          id: at(made.body, "data", "thread", "chatUserId"),
          name: null,
          email: "grace@example.com",
          phoneNumber: null,
          createdAt: expect.stringMatching(/Z$/)
        },
        collectedAt: expect.stringMatching(/Z$/)
      }
    })
    await create({ chatUserEmail: "grace@example.com" })
    await patch(`${bot}/settings/general`, { disableLeadNotifications: true })
    await patch(`${bot}/threads/${threadId}`, { chatUser: { phoneNumber: "1" } })
    await patch(`${bot}/settings/general`, { disableLeadNotifications: false })
    await patch(`${bot}/threads/${threadId}`, { chatUser: { name: "Grace" } })
    const [, second] = await toldAt("/leads", 2)
    expect(second).toMatchObject({
      data: { chatUser: { name: "Grace", email: "grace@example.com", phoneNumber: "1" } }
    })
  })

  it("what a visitor tells of itself unasked, of an agent without a model, is a lead where details are collected", async () => {
    const { bot, send } = await newChatbot("/told")
    const threadId = textAt(await send({ message: "My e-mail address is alan@example.com" }), "threadId")
    await patch(`${bot}/settings/user-data`, { collectUserDetails: "MANDATORY", collectName: true })
    const before = await unanswered()
    const said = await send({ message: "Write to ada@example.com", threadId })
    expect(textAt(said, "message", "answer", "text")).toContain("ada@example.com")
    expect(await unanswered()).toEqual(before)
    const asked = await send({ message: "Who sells zeppelins?", threadId })
    expect(textAt(asked, "message", "answer", "text")).toMatch(/could not find an answer/)
    const told = await toldAt("/told", 4)
    expect(told.filter((event) => at(event, "event") === "LEAD_COLLECTED")).toMatchObject([
      { data: { threadId, chatUser: { email: "ada@example.com" } } }
    ])
  })

  it("a thread's own address comes before the chatbot's, both are shown with what was sent, and null ends them", async () => {
    const { bot, endpoints, send, set } = await newChatbot("/general")
    const threadId = textAt(await send({ message: "Hello" }), "threadId")
    const thread = `${bot}/threads/${threadId}`
    await patch(thread, { webhookUrl: `${receiver.url}/own`, webhookToken: "0wn" })
    await send({ message: "Again", threadId })
    await toldAt("/general", 1)
    await toldAt("/own", 1)
    expect(requestsTo("/own")[0]?.headers["x-webhook-token"]).toBe("0wn")
    const [general, own] = await endpoints(`&threadId=${threadId}`)
    const settled = { events: ["ADD_MESSAGE", "CONVERSATION_ESCALATED", "LEAD_COLLECTED"], payload: "sitegpt" }
    expect(general).toMatchObject({ ...settled, threadId: null, url: `${receiver.url}/general` })
    expect(own).toMatchObject({ ...settled, threadId, url: `${receiver.url}/own` })
    expect(await endpoints()).toEqual([general])
    const all = listAt((await call(api, ENDPOINTS)).body, "data")
    expect(all).not.toContainEqual(general)

    const shown = JSON.stringify([general, own, (await call(api, bot)).body, (await call(api, thread)).body])
    expect(shown).not.toContain(TOKEN)
    expect(shown).not.toContain("0wn")

    await patch(thread, { webhookUrl: null })
    await send({ message: "Back", threadId })
    await toldAt("/general", 2)
    expect(requestsTo("/general")[1]?.headers["x-webhook-token"]).toBe("0wn")
    await set({ webhookUrl: null, webhookToken: null })
    await send({ message: "Nobody hears", threadId })
    expect(await endpoints(`&threadId=${threadId}`)).toEqual([])
    await set({ webhookUrl: `${receiver.url}/general` })
    await send({ message: "Without a token" })
    await toldAt("/general", 3)
    expect(requestsTo("/general")[2]?.headers).not.toHaveProperty("x-webhook-token")
  })

  it("deliveries are listed, pulled, sent again and replayed like others; the settings decide the rest", async () => {
    const { bot, endpoints, send } = await newChatbot("/record")
    await send({ message: "Hello" })
    const [body] = await toldAt("/record", 1)
    const [endpoint] = await endpoints()
    const path = `${ENDPOINTS}/${textAt(endpoint, "id")}`
    const deliveries = async () => listAt((await call(api, `${path}/deliveries`)).body, "data")
    await expect.poll(async () => at((await deliveries())[0], "status")).toBe("delivered")
    const [delivery] = await deliveries()
    expect(delivery).toMatchObject({ event: "ADD_MESSAGE", attempts: [{ number: 1, status: 200, error: null }] })
    expect(at(delivery, "messageId")).toBe(at(body, "data", "messageId"))
    expect(listAt((await call(api, `${path}/events`)).body, "data")).toEqual([body])
    const again = await call(api, `${path}/deliveries/${textAt(delivery, "id")}/retry`, { method: "POST" })
    expect(again.status).toBe(202)
    expect(await toldAt("/record", 2)).toEqual([body, body])
    expect(requestsTo("/record")[1]?.headers["webhook-id"]).toBe(at(delivery, "id"))

    await patch(path, { enabled: false })
    await send({ message: "Missed" })
    expect(at((await deliveries())[0], "status")).toBe("skipped")
    await patch(path, { enabled: true })
    const since = new Date(Date.now() - 60_000).toISOString()
    expect(await call(api, `${path}/replay`, { json: { since } })).toMatchObject({ status: 202, body: { total: 1 } })
    const [, , missed] = await toldAt("/record", 3)
    expect(missed).toMatchObject({ event: "ADD_MESSAGE", data: { question: "Missed" } })

    expect(await call(api, `${path}/test`, { method: "POST" })).toMatchObject({
      body: { delivered: true, status: 200 }
    })
    expect(requestsTo("/record")[3]?.headers["x-webhook-token"]).toBe(TOKEN)
    const ofChatbot = { status: 409, body: { code: "webhook_endpoint_of_chatbot" } }
    expect(await patch(path, { url: "https://example.com/" })).toMatchObject(ofChatbot)
    expect(await call(api, path, { method: "DELETE" })).toMatchObject(ofChatbot)
    expect((await call(api, bot, { method: "DELETE" })).status).toBe(200)
    expect((await call(api, path)).status).toBe(404)
  })

  it.each([
    ["the loopback's other addresses", { webhookUrl: "http://127.0.0.2/" }, "webhookUrl"],
    ["another scheme", { webhookUrl: "ftp://example.com/" }, "webhookUrl"],
    ["a token that no header can hold", { webhookToken: "two words" }, "webhookToken"]
  ])("%s is refused, for a chatbot and for a thread, and nothing changes", async (_, json, field) => {
    const { bot, endpoints, send, set } = await newChatbot("/refused")
    const threadId = textAt(await send({ message: "Hello" }), "threadId")
    const before = await endpoints(`&threadId=${threadId}`)
    for (const { body, status } of [await set(json), await patch(`${bot}/threads/${threadId}`, json)]) {
      expect([status, at(body, "error", "code")]).toEqual([400, "REQUEST_VALIDATION_FAILED"])
      expect(listAt(body, "error", "details").map((issue) => at(issue, "field"))).toEqual([field])
    }
    expect(await endpoints(`&threadId=${threadId}`)).toEqual(before)
  })
})
