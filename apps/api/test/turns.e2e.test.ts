import { Answerer, AnswerFailed } from "@butler/domain"
import { engines } from "@butler/persistence/testing"
import { Effect, Latch, Layer } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, COMPLETIONS, listAt, say, textAt } from "./support/call.ts"
import { type Api, KEY, startApi } from "./support/startApi.ts"

const gate = Latch.makeUnsafe(false)

const said = (content: string) => ({
  parts: [{ contentType: "text" as const, content, url: "" }],
  agentLogs: [],
  steps: []
})

/** Does as the query says. */
const puppet = Layer.succeed(
  Answerer,
  Answerer.of({
    answer: ({ id, query }) => {
      if (query.startsWith("fail "))
        return new AnswerFailed({ turnId: id, type: query.slice(5), detail: "as it was told" })
      if (query === "break down") return Effect.die(new Error("select secret from table"))
      return query === "wait" ? Effect.as(Latch.await(gate), said("at last")) : Effect.succeed(said("done"))
    }
  })
)

for (const [engine, database] of engines) {
  describe(`turns on ${engine}`, () => {
    let api: Api
    beforeAll(async () => {
      Latch.closeUnsafe(gate)
      api = await startApi(database, { answerer: puppet })
    })
    afterAll(() => api.stop())

    it.each([
      ["model_failed", 502, "model_failed", "as it was told"],
      ["model_timeout", 504, "model_timeout", "as it was told"],
      ["something_else", 500, "internal", "as it was told"]
    ])("a turn that fails with %s is answered %i and keeps the message", async (type, status, code, detail) => {
      const answer = await say(api, { query: `fail ${type}`, userId: `failing ${type}` })
      expect(answer.status).toBe(status)
      expect(answer.body).toMatchObject({ code: status, data: null, error: { type: code, detail } })
      const [dialog] = listAt((await call(api, `/v1/dialogs?userId=failing%20${type}`)).body, "data")
      const { body } = await call(api, `/v1/dialogs/${textAt(dialog, "id")}/messages`)
      expect(listAt(body, "data").map((message) => at(message, "content"))).toEqual([`fail ${type}`])
      expect((await call(api, `/v1/turns/${textAt(body, "data", 0, "turnId")}`)).body).toMatchObject({
        status: "failed",
        error: { type, detail: "as it was told" }
      })
    })

    it("a breakdown is answered 500 and tells nothing of its cause; the dialog goes on", async () => {
      const answer = await say(api, { query: "break down", userId: "unlucky" })
      expect(answer.body).toMatchObject({ code: 500, error: { type: "internal" } })
      expect(JSON.stringify(answer.body)).not.toContain("secret")
      expect((await say(api, { query: "again", userId: "unlucky" })).status).toBe(200)
    })

    it("a turn that outlasts waitMs is answered with its state, and ends all the same", async () => {
      const running = await say(api, { query: "wait", userId: "patient", waitMs: 50 })
      expect(running.body).toMatchObject({ code: 200, data: { status: "running", messages: [], agentLogs: [] } })
      const queued = await say(api, { query: "next", userId: "patient", waitMs: 0 })
      expect(queued.body).toMatchObject({ data: { status: "queued", messages: [] } })

      const last = say(api, { query: "last", userId: "patient" })
      const gone = new AbortController()
      const dropped = fetch(`${api.url}${COMPLETIONS}`, {
        method: "POST",
        signal: gone.signal,
        headers: { "x-api-key": KEY, "content-type": "application/json" },
        body: JSON.stringify({ query: "wait", userId: "impatient" })
      })
      const dialogs = () => call(api, "/v1/dialogs?userId=impatient")
      await expect.poll(async () => listAt((await dialogs()).body, "data").length).toBe(1)
      gone.abort()
      await expect(dropped).rejects.toThrow("aborted")
      Latch.openUnsafe(gate)

      expect((await last).body).toMatchObject({ data: { status: "completed", messages: [{ text: "done" }] } })
      const state = async (body: unknown) =>
        at((await call(api, `/v1/turns/${textAt(body, "data", "turnId")}`)).body, "status")
      expect([await state(running.body), await state(queued.body)]).toEqual(["completed", "completed"])
      await expect.poll(async () => at((await dialogs()).body, "data", 0, "messageCount")).toBe(2)
    })

    it("an asynchronous turn is answered at once, and ends by itself", async () => {
      const { body, status } = await say(api, { query: "hello", userId: "async", async: true })
      expect(status).toBe(200)
      expect(body).toMatchObject({ code: 200, data: { messages: [], agentLogs: [] } })
      const turn = `/v1/turns/${textAt(body, "data", "turnId")}`
      await expect.poll(async () => at((await call(api, turn)).body, "status")).toBe("completed")
    })

    it("the same Idempotency-Key is the same turn; with another body it is refused", async () => {
      const headers = { "idempotency-key": "order 1" }
      const ask = (query: string) => say(api, { query, userId: "twice" }, { headers })
      const [one, two] = await Promise.all([ask("hello"), ask("hello")])
      expect(textAt(one.body, "data", "turnId")).toBe(textAt(two.body, "data", "turnId"))
      expect((await ask("hello")).body).toEqual(one.body)
      expect((await ask("bye")).body).toMatchObject({ code: 422, error: { type: "idempotency_mismatch" } })
      expect((await say(api, { query: "x" }, { headers: { "idempotency-key": "k".repeat(256) } })).status).toBe(400)
    })

    it("onBusy reject is answered 409 while a turn is open, and stores nothing", async () => {
      Latch.closeUnsafe(gate)
      const { body } = await say(api, { query: "wait", userId: "busy", waitMs: 0 })
      const refused = await say(api, { query: "again", userId: "busy", onBusy: "reject" })
      expect(refused.body).toMatchObject({ code: 409, data: null, error: { type: "dialog_busy" } })
      Latch.openUnsafe(gate)
      const path = `/v1/dialogs/${textAt(body, "data", "dialogId")}`
      await expect.poll(async () => at((await call(api, path)).body, "messageCount")).toBe(2)
    })
  })
}
