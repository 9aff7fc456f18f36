import { Answerer } from "@butler/domain"
import { engines } from "@butler/persistence/testing"
import { type Receiver, startReceiver } from "@butler/testing"
import { Effect, Layer } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, listAt, say, textAt } from "./support/call.ts"
import { type Api, startApi } from "./support/startApi.ts"

const said = { parts: [{ contentType: "text" as const, content: "done", url: "" }], agentLogs: [], steps: [] }

/** Answers at once, or never. */
const puppet = Layer.succeed(
  Answerer,
  Answerer.of({ answer: ({ query }) => (query.endsWith("wait") ? Effect.never : Effect.succeed(said)) })
)

for (const [engine, database] of engines) {
  describe(`handing over on ${engine}`, () => {
    let api: Api
    let receiver: Receiver
    beforeAll(async () => {
      receiver = await startReceiver()
      api = await startApi(database, { answerer: puppet, environment: { BUTLER_EGRESS_ALLOW: "127.0.0.1" } })
    })
    afterAll(async () => {
      await api.stop()
      await receiver.stop()
    })

    const dialogOf = async (query: string): Promise<string> => {
      const { body } = await say(api, { query, waitMs: 0 })
      return textAt(body, "data", "dialogId")
    }
    const handOver = (dialogId: string, json?: unknown) =>
      call(api, `/v1/dialogs/${dialogId}/hand-over`, { method: "POST", ...(json !== undefined && { json }) })
    const messagesOf = async (dialogId: string) =>
      listAt((await call(api, `/v1/dialogs/${dialogId}/messages`)).body, "data")
    const contentsOf = async (dialogId: string) => (await messagesOf(dialogId)).map((message) => at(message, "content"))

    it("stops the running turn and those in line, says one last thing, and is shown", async () => {
      const waiting = say(api, { query: "wait", userId: "impatient" })
      const dialogs = () => call(api, "/v1/dialogs?userId=impatient")
      await expect.poll(async () => listAt((await dialogs()).body, "data").length).toBe(1)
      const dialogId = textAt((await dialogs()).body, "data", 0, "id")
      const inLine = say(api, { query: "also wait", dialogId })
      await expect.poll(async () => (await messagesOf(dialogId)).length).toBe(2)

      const given = await handOver(dialogId, { reason: "asked for a person", closingMessage: "Ada will help you." })
      expect(given.status).toBe(200)
      const handover = { reason: "asked for a person", at: expect.stringMatching(/Z$/) }
      expect(given.body).toMatchObject({ id: dialogId, mode: "human", handover, messageCount: 3 })
      expect((await call(api, `/v1/dialogs/${dialogId}`)).body).toEqual(given.body)
      for (const { body, status } of [await waiting, await inLine]) {
        expect(status).toBe(200)
        expect(body).toMatchObject({ data: { dialogId, status: "cancelled", messages: [], agentLogs: [] } })
      }
      const messages = await messagesOf(dialogId)
      expect(messages.map((message) => at(message, "sequence"))).toEqual([1, 2, 3])
      expect(messages[2]).toMatchObject({ sender: { type: "agent" }, content: "Ada will help you.", turnId: null })

      const again = await handOver(dialogId, { reason: "another", closingMessage: "Goodbye." })
      expect(again.body).toEqual(given.body)
      expect(await messagesOf(dialogId)).toHaveLength(3)
    })

    it("while people have the dialog a message is kept and nothing is answered, whatever is asked for", async () => {
      const dialogId = await dialogOf("hello")
      await expect.poll(async () => (await messagesOf(dialogId)).length).toBe(2)
      await handOver(dialogId, { closingMessage: "" })
      for (const options of [
        {},
        { onBusy: "reject" },
        { onBusy: "supersede" },
        { onBusy: "coalesce", quietMs: 5000 }
      ]) {
        const { body, status } = await say(api, { query: "anybody?", dialogId, ...options })
        expect(status).toBe(200)
        expect(body).toMatchObject({ code: 200, data: { dialogId, status: "completed", messages: [], agentLogs: [] } })
        const turn = await call(api, `/v1/turns/${textAt(body, "data", "turnId")}`)
        expect(turn.body).toMatchObject({ status: "completed", messages: [], sequence: null, error: null })
      }
      const deferred = await say(api, { query: "later?", dialogId, async: true })
      expect(deferred.body).toMatchObject({ code: 200, data: { dialogId, status: "completed", messages: [] } })
      const stream = await say(api, { query: "and now?", dialogId, stream: true })
      expect(stream.body).toContain("event: turn.completed")
      expect(stream.body).not.toContain("event: message")
      const all = ["hello", "done", "anybody?", "anybody?", "anybody?", "anybody?", "later?", "and now?"]
      expect(await contentsOf(dialogId)).toEqual(all)
    })

    it("handed back, the agent answers again", async () => {
      const dialogId = await dialogOf("hello")
      await handOver(dialogId, { closingMessage: "" })
      const back = await call(api, `/v1/dialogs/${dialogId}/hand-back`, { method: "POST" })
      expect(back.status).toBe(200)
      expect(back.body).toMatchObject({ mode: "ai", handover: null })
      expect((await call(api, `/v1/dialogs/${dialogId}/hand-back`, { method: "POST" })).body).toEqual(back.body)
      expect((await say(api, { query: "back?", dialogId })).body).toMatchObject({
        data: { messages: [{ text: "done" }] }
      })
    })

    it.each([
      ["我要人工客服，谢谢你们", /人工客服/],
      ["Ich möchte bitte mit einem Menschen sprechen", /übergebe/],
      ["I want to talk to a person please", /colleague/]
    ])("without words of the caller's, the contact's language is spoken: %s", async (query, words) => {
      const dialogId = await dialogOf(query)
      await handOver(dialogId)
      expect((await contentsOf(dialogId)).at(-1)).toMatch(words)
    })

    it("a person and the agent speak in the dialog; every message has its event, in order", async () => {
      const endpoint = await call(api, "/v1/webhook-endpoints", {
        json: { url: `${receiver.url}/hook`, payload: "dto" }
      })
      const dialogId = await dialogOf("hello")
      await expect.poll(async () => (await messagesOf(dialogId)).length).toBe(2)
      await handOver(dialogId, { closingMessage: "Bye." })
      const path = `/v1/dialogs/${dialogId}/messages`
      const person = await call(api, path, {
        json: { sender: { type: "person", id: "staff 7" }, content: "Here I am." }
      })
      expect(person.status).toBe(201)
      expect(person.body).toMatchObject({
        sequence: 4,
        sender: { type: "person", id: "staff 7" },
        content: "Here I am.",
        url: ""
      })
      const url = "https://cdn.example.com/a.png"
      const picture = await call(api, path, { json: { sender: { type: "agent" }, contentType: "image", url } })
      const agentId = at((await call(api, "/v1/agents")).body, "data", 0, "id")
      expect(picture.body).toMatchObject({
        sender: { type: "agent", id: agentId },
        contentType: "image",
        content: "",
        url
      })
      expect((await messagesOf(dialogId)).slice(3)).toEqual([person.body, picture.body])
      await say(api, { query: "thank you", dialogId })
      await call(api, `/v1/dialogs/${dialogId}/hand-back`, { method: "POST" })

      const events = async () => {
        const log = await call(api, `/v1/webhook-endpoints/${textAt(endpoint.body, "id")}/events`)
        return listAt(log.body, "data").map((event) => at(event, "body") ?? event)
      }
      await expect.poll(async () => (await events()).length).toBe(6)
      const told = (await events()).map((event) => [
        at(event, "sequence"),
        at(event, "data", "senderType"),
        at(event, "data", "processedBy")
      ])
      expect(told).toEqual([
        [1, "CONTACT", "AI_AGENT"],
        [2, "AI_AGENT", "AI_AGENT"],
        [3, "AI_AGENT", "AI_AGENT"],
        [4, "HUMAN_AGENT", "HUMAN_AGENT"],
        [5, "AI_AGENT", "AI_AGENT"],
        [6, "CONTACT", "HUMAN_AGENT"]
      ])
      await call(api, `/v1/webhook-endpoints/${textAt(endpoint.body, "id")}`, { method: "DELETE" })
    })

    it.each([
      ["no sender", { content: "a" }, "sender"],
      ["the contact as sender", { sender: { type: "contact" }, content: "a" }, "sender.type"],
      ["nothing said", { sender: { type: "person" }, content: " " }, "content"],
      ["a picture of nothing", { sender: { type: "person" }, contentType: "image" }, "url"],
      ["another scheme", { sender: { type: "person" }, contentType: "image", url: "file:///etc/passwd" }, "url"]
    ])("a message with %s is refused, and not stored", async (_, json, path) => {
      const dialogId = await dialogOf("hello")
      await expect.poll(async () => (await messagesOf(dialogId)).length).toBe(2)
      const { body, status } = await call(api, `/v1/dialogs/${dialogId}/messages`, { json })
      expect(status).toBe(400)
      expect(body).toMatchObject({ code: "invalid_request", issues: [{ path }] })
      expect(await messagesOf(dialogId)).toHaveLength(2)
    })

    it("what does not exist is not found, and a key without the scope is refused", async () => {
      const message = { sender: { type: "agent" }, content: "a" }
      for (const [path, json] of [
        ["hand-over", {}],
        ["hand-back", undefined],
        ["messages", message]
      ] as const) {
        const options = { method: "POST", ...(json !== undefined && { json }) }
        const missing = await call(api, `/v1/dialogs/dlg_none/${path}`, options)
        expect(missing.body).toMatchObject({ status: 404, code: "dialog_not_found" })
        const made = await call(api, "/v1/api-keys", {
          json: { name: "reader", scopes: ["dialogs:read", "turns:write"] }
        })
        const refused = await call(api, `/v1/dialogs/dlg_none/${path}`, { ...options, key: textAt(made.body, "key") })
        expect(refused.body).toMatchObject({ status: 403, code: "forbidden" })
      }
      const dialogId = await dialogOf("hello")
      const stranger = { sender: { type: "agent", id: "9223372036854775808" }, content: "a" }
      const { body } = await call(api, `/v1/dialogs/${dialogId}/messages`, { json: stranger })
      expect(body).toMatchObject({ status: 404, code: "agent_not_found" })
      const wrong = await handOver(dialogId, { reason: 7 })
      expect(wrong.body).toMatchObject({ status: 400, issues: [{ path: "reason" }] })
      expect((await call(api, `/v1/dialogs/${dialogId}`)).body).toMatchObject({ mode: "ai" })
    })
  })
}
