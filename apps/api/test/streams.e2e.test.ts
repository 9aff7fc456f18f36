import { type AgentLog, Answerer, TurnProgress } from "@butler/domain"
import { engines } from "@butler/persistence/testing"
import { Effect, Latch, Layer } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, COMPLETIONS, say, textAt } from "./support/call.ts"
import { readEvents, type ReceivedEvent } from "./support/readEvents.ts"
import { type Api, KEY, startApi } from "./support/startApi.ts"

const log: AgentLog = { type: "task", name: "Orders", timestamp: 1 }

const namesOf = (events: ReadonlyArray<ReceivedEvent>) => events.map(({ event }) => event)
const idsOf = (events: ReadonlyArray<ReceivedEvent>) => events.map(({ id }) => id)
const textOf = (events: ReadonlyArray<ReceivedEvent>) =>
  events.map(({ data, event }) => (event === "delta" ? textAt(data, "text") : "")).join("")

const oneTo = (length: number) => Array.from({ length }, (_, index) => index + 1)

for (const [name, database] of engines) {
  describe(`streams on ${name}`, () => {
    let api: Api
    const gate = Latch.makeUnsafe(true)

    /** Says "one ", waits at the gate, says "two". */
    const gated = Layer.succeed(Answerer, {
      answer: () =>
        Effect.gen(function* () {
          const progress = yield* TurnProgress
          yield* progress.log(log)
          yield* progress.delta("one ")
          yield* Latch.await(gate)
          yield* progress.delta("two")
          return { parts: [{ contentType: "text" as const, content: "one two", url: "" }], agentLogs: [log], steps: [] }
        })
    })

    const open = (path: string, init: RequestInit = {}, headers: Readonly<Record<string, string>> = {}) =>
      fetch(`${api.url}${path}`, {
        ...init,
        headers: { "x-api-key": KEY, "content-type": "application/json", ...headers }
      })

    const ask = (json: object, headers: Readonly<Record<string, string>> = {}, signal: AbortSignal | null = null) =>
      open(COMPLETIONS, { method: "POST", body: JSON.stringify(json), signal }, headers)

    const eventsOf = (turnId: string, after?: number) =>
      open(`/v1/turns/${turnId}/events`, {}, after === undefined ? {} : { "last-event-id": String(after) })

    beforeAll(async () => {
      api = await startApi(database, { answerer: gated })
    })
    afterAll(() => api.stop())

    it("tells a turn from its acceptance to its end, gapless, and closes", async () => {
      const response = await ask({ query: "hello", stream: true })
      expect(response.headers.get("content-type")).toContain("text/event-stream")
      expect(response.headers.get("cache-control")).toBe("no-cache, no-transform")
      expect(response.headers.get("x-accel-buffering")).toBe("no")
      const events = await readEvents(response)
      expect(idsOf(events)).toEqual(oneTo(events.length))
      expect([namesOf(events)[0], ...namesOf(events).slice(-2)]).toEqual(["turn.accepted", "message", "turn.completed"])
      expect(textOf(events)).toBe("one two")
      expect(events.find(({ event }) => event === "log")?.data).toEqual(log)
      expect(events.at(-1)?.data).toMatchObject({
        code: 200,
        data: { status: "completed", agentLogs: [log], messages: [{ text: "one two", meta: { width: 0 } }] }
      })
      const again = await readEvents(await eventsOf(textAt(events[0]?.data, "turnId")))
      expect(again.slice(1)).toEqual(events.slice(1))
    })

    it("streams for who accepts nothing else; what cannot begin is answered as ever", async () => {
      const events = await readEvents(await ask({ query: "hello" }, { accept: "text/event-stream" }))
      expect(namesOf(events).at(-1)).toBe("turn.completed")
      const refused = await ask({ query: "hello", dialogId: "dlg_nowhere", stream: true })
      expect(refused.status).toBe(404)
      expect(await refused.json()).toMatchObject({ error: { type: "dialog_not_found" } })
      expect((await ask({ stream: true })).status).toBe(400)
    })

    it("a client that goes away does not end the turn; it goes on behind any event, while it runs and after", async () => {
      Latch.closeUnsafe(gate)
      const gone = new AbortController()
      const headers = { "idempotency-key": `resume on ${name}` }
      const body = { query: "hello", stream: true }
      const first = await readEvents(await ask(body, headers, gone.signal), (events) => events.length < 3)
      gone.abort()
      expect(namesOf(first)).toEqual(["turn.accepted", "log", "delta"])
      const turnId = textAt(first[0]?.data, "turnId")
      const following = eventsOf(turnId, 3).then((response) => readEvents(response))
      const repeated = ask(body, { ...headers, "last-event-id": "2" }).then((response) => readEvents(response))
      await expect.poll(async () => at((await call(api, `/v1/turns/${turnId}`)).body, "status")).toBe("running")
      Latch.openUnsafe(gate)
      expect(idsOf(await following)).toEqual([4, 5, 6])
      expect(idsOf(await repeated)).toEqual([3, 4, 5, 6])
      expect(idsOf(await readEvents(await eventsOf(turnId, 4)))).toEqual([5, 6])
    })

    it("a cancelled turn ends its stream, keeps the message and stores no answer", async () => {
      Latch.closeUnsafe(gate)
      const { body } = await say(api, { query: "hello", waitMs: 0 })
      const turnId = textAt(body, "data", "turnId")
      const following = eventsOf(turnId).then((response) => readEvents(response))
      const cancelled = await call(api, `/v1/turns/${turnId}/cancel`, { method: "POST" })
      expect(cancelled.body).toMatchObject({ id: turnId, status: "cancelled", messages: [] })
      expect((await following).at(-1)).toMatchObject({
        event: "turn.completed",
        data: { data: { status: "cancelled" } }
      })
      Latch.openUnsafe(gate)
      expect((await call(api, `/v1/turns/${turnId}/cancel`, { method: "POST" })).body).toEqual(cancelled.body)
      const dialog = `/v1/dialogs/${textAt(body, "data", "dialogId")}`
      expect((await call(api, dialog)).body).toMatchObject({ messageCount: 1 })
      const next = await say(api, { query: "hello", dialogId: textAt(body, "data", "dialogId") })
      expect(next.body).toMatchObject({ data: { status: "completed" } })
    })

    it("a superseded turn's caller gets the answer to both; a coalesced one's too", async () => {
      Latch.closeUnsafe(gate)
      const userId = "bursts"
      const { body } = await say(api, { query: "one", userId, waitMs: 0 })
      const dialogId = textAt(body, "data", "dialogId")
      const superseded = readEvents(await eventsOf(textAt(body, "data", "turnId")))
      const last = say(api, { query: "two", userId, onBusy: "supersede" })
      await expect.poll(async () => at((await call(api, `/v1/dialogs/${dialogId}`)).body, "messageCount")).toBe(2)
      const waiting = say(api, { query: "three", userId, onBusy: "coalesce" })
      await expect.poll(async () => at((await call(api, `/v1/dialogs/${dialogId}`)).body, "messageCount")).toBe(3)
      const joined = say(api, { query: "four", userId, onBusy: "coalesce" })
      await expect.poll(async () => at((await call(api, `/v1/dialogs/${dialogId}`)).body, "messageCount")).toBe(4)
      Latch.openUnsafe(gate)
      const statuses = (await Promise.all([last, waiting, joined])).map((answer) => answer.body)
      expect(statuses).toMatchObject([
        { data: { status: "completed", messages: [{ text: "one two" }] } },
        { data: { status: "completed" } },
        { data: { status: "coalesced", messages: [{ text: "one two" }] } }
      ])
      expect((await superseded).at(-1)?.data).toMatchObject({ data: { status: "superseded", messages: [{}] } })
      expect((await call(api, `/v1/dialogs/${dialogId}`)).body).toMatchObject({ messageCount: 6 })
    })

    it("refuses an event id that is none, and knows no other workspace's turn", async () => {
      expect((await eventsOf("1")).status).toBe(404)
      expect((await open("/v1/turns/1/events", {}, { "last-event-id": "x" })).status).toBe(400)
      expect((await call(api, "/v1/turns/1/cancel", { method: "POST" })).status).toBe(404)
    })
  })
}
