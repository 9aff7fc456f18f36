import { Answerer, AnswerFailed } from "@butler/domain"
import { engines } from "@butler/persistence/testing"
import { Effect, Layer } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, listAt, say, textAt } from "./support/call.ts"
import { type Api, startApi } from "./support/startApi.ts"

const V3 = "/api/open/v3"
const CHAT = `${V3}/butler/chat/completions`
const agentLogs = [{ type: "language", message: "English", status: "certain", timestamp: 1 }] as const

const picture = { contentType: "image" as const, content: "", url: "https://cdn.example.com/a.png" }
const text = { contentType: "text" as const, content: "done", url: "" }

/** Answers with a text and a picture, fails or never answers, as the query says. */
const puppet = Layer.succeed(
  Answerer,
  Answerer.of({
    answer: ({ id, query }) => {
      if (query === "wait") return Effect.never
      if (query === "fail") return new AnswerFailed({ turnId: id, type: "model_failed", detail: "as it was told" })
      return Effect.succeed({ parts: [text, picture], agentLogs, steps: [] })
    }
  })
)

for (const [engine, database] of engines) {
  describe(`the v3 calls on ${engine}`, () => {
    let api: Api
    beforeAll(async () => {
      api = await startApi(database, { answerer: puppet })
    })
    afterAll(() => api.stop())

    const post = (path: string, body: unknown, options: Parameters<typeof call>[2] = {}) =>
      call(api, path, { ...options, json: { body } })
    const messagesOf = async (dialogId: string) =>
      listAt((await call(api, `/v1/dialogs/${dialogId}/messages`)).body, "data")

    describe("chat/completions", () => {
      it("answers in its envelope, in the dialog of the same turn", async () => {
        const { body, status } = await post(CHAT, { query: "hello", userId: "ada" })
        expect(status).toBe(200)
        const dialogId = textAt(body, "data", "entity", "dialogId")
        const content = "done\nhttps://cdn.example.com/a.png"
        expect(body).toEqual({ code: 200, message: "success", data: { entity: { content, dialogId, agentLogs } } })
        expect(at((await say(api, { query: "hello", userId: "ada" })).body, "data", "dialogId")).toBe(dialogId)
        const next = await post(CHAT, { query: "and?", dialogId })
        expect(at(next.body, "data", "entity", "dialogId")).toBe(dialogId)
        expect(await messagesOf(dialogId)).toHaveLength(9)
      })

      it("one Idempotency-Key is one turn, and none of the other face", async () => {
        const headers = { "idempotency-key": "k1" }
        const first = await post(CHAT, { query: "once" }, { headers })
        expect((await post(CHAT, { query: "once" }, { headers })).body).toEqual(first.body)
        expect((await post(CHAT, { query: "twice" }, { headers })).status).toBe(422)
        const other = await say(api, { query: "once" }, { headers })
        expect(at(other.body, "data", "dialogId")).not.toBe(at(first.body, "data", "entity", "dialogId"))
      })

      it("a turn that outlasts waitMs has no content yet; a failed one is refused", async () => {
        const { body } = await post(CHAT, { query: "wait", waitMs: 0 })
        expect(body).toMatchObject({ code: 200, data: { entity: { content: "", agentLogs: [] } } })
        expect((await post(CHAT, { query: "fail" })).body).toMatchObject({ code: 502, error: { type: "model_failed" } })
      })

      it.each([
        ["what is not wrapped", { query: "hello" }, 400, "invalid_request", "body"],
        ["no query", { body: { query: "  " } }, 400, "invalid_request", "body.query"],
        ["a dialog that does not exist", { body: { query: "a", dialogId: "none" } }, 404, "dialog_not_found", null]
      ])("%s is refused in the envelope", async (_, json, code, type, path) => {
        const { body, status } = await call(api, CHAT, { json })
        expect(status).toBe(code)
        expect(body).toMatchObject({ code, data: null, error: { type, ...(path !== null && { issues: [{ path }] }) } })
      })
    })

    describe("channel/message/send", () => {
      const SEND = `${V3}/butler/channel/message/send`

      it("the agent says it in the dialog, and nothing is answered", async () => {
        const chat = await post(CHAT, { query: "hello" })
        const dialogId = textAt(chat.body, "data", "entity", "dialogId")
        const { body, status } = await post(SEND, { dialogId, message: "您的退款已原路退回。" })
        expect(status).toBe(200)
        const messages = await messagesOf(dialogId)
        expect(messages).toHaveLength(4)
        const said = { id: textAt(body, "data", "entity", "messageId"), sequence: 4, content: "您的退款已原路退回。" }
        expect(messages[3]).toMatchObject({ ...said, sender: { type: "agent", id: expect.stringMatching(/^\d+$/) } })
        expect(body).toMatchObject({ code: 200, message: "success", data: { entity: { dialogId } } })
      })

      it("nothing to say, and nowhere to say it, are refused", async () => {
        const empty = await post(SEND, { dialogId: "none", message: " " })
        expect(empty.body).toMatchObject({ code: 400, error: { issues: [{ path: "body.message" }] } })
        const missing = await post(SEND, { dialogId: "none", message: "a" })
        expect(missing.body).toMatchObject({ code: 404, data: null, error: { type: "dialog_not_found" } })
      })
    })

    describe("transferToHuman", () => {
      const TRANSFER = `${V3}/butler/transferToHuman`

      it("hands the dialog over with a last word, once", async () => {
        const chat = await post(CHAT, { query: "我要人工客服，谢谢你们" })
        const dialogId = textAt(chat.body, "data", "entity", "dialogId")
        const { body, status } = await post(TRANSFER, { dialogId })
        expect(status).toBe(200)
        expect(body).toEqual({ code: 200, message: "success", data: { entity: { dialogId, mode: "human" } } })
        expect((await post(TRANSFER, { dialogId })).body).toEqual(body)
        const messages = await messagesOf(dialogId)
        expect(messages).toHaveLength(4)
        expect(at(messages[3], "content")).toContain("人工客服")
        const silent = await post(CHAT, { query: "anybody?", dialogId })
        expect(silent.body).toMatchObject({ data: { entity: { content: "", dialogId, agentLogs: [] } } })
      })

      it("a dialog that does not exist is refused", async () => {
        expect((await post(TRANSFER, { dialogId: "none" })).body).toMatchObject({ code: 404 })
        expect((await post(TRANSFER, {})).body).toMatchObject({
          code: 400,
          error: { issues: [{ path: "body.dialogId" }] }
        })
      })
    })

    it.each(["chat/completions", "channel/message/send", "transferToHuman"])("%s needs a key", async (path) => {
      const { body, status } = await post(`${V3}/butler/${path}`, {}, { key: null })
      expect(status).toBe(401)
      expect(body).toMatchObject({ code: 401, error: { type: "unauthenticated" } })
    })
  })
}
