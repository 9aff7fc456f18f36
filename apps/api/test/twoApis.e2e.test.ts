import { freshPostgresUrl } from "@butler/persistence/testing"
import { chatMessages, type ModelRequest, type ModelServer, startModelServer } from "@butler/testing"
import { Effect, Exit, Scope } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Answer, at, call, COMPLETIONS, listAt, say, textAt } from "./support/call.ts"
import { readEvents, type ReceivedEvent } from "./support/readEvents.ts"
import { type Api, KEY, startApi } from "./support/startApi.ts"

/** Well under what the polls that stand behind the wake-ups would take. */
const SOON_MS = 400

const WORDS = ["It ", "is ", "on ", "its ", "way."]

const question = ({ body }: ModelRequest): string =>
  chatMessages(body).findLast(({ role }) => role === "user")?.content ?? ""

const said = ({ body }: Answer) => textAt(body, "data", "messages", 0, "text")
const statusesOf = (answers: ReadonlyArray<Answer>) => answers.map(({ body }) => at(body, "data", "status"))

/** Waits until it is certain what becomes of messages. */
type Judged = (answers: ReadonlyArray<Promise<Answer>>, messageCount: () => Promise<unknown>) => Promise<unknown>

const allStored =
  (count: number): Judged =>
  (_answers, messageCount) =>
    expect.poll(messageCount, { interval: 5, timeout: 10_000 }).toBe(2 + count)

describe("two APIs on one PostgreSQL", () => {
  let scope: Scope.Closeable
  let model: ModelServer
  let apis: readonly [Api, Api]
  /** What the model waits for before it answers, and before each word of an answer that it takes its time with. */
  let gate = Promise.resolve()
  let words: ReadonlyArray<PromiseWithResolvers<void>> = []

  beforeAll(async () => {
    scope = await Effect.runPromise(Scope.make())
    const url = await Effect.runPromise(Effect.provideService(freshPostgresUrl, Scope.Scope, scope))
    model = await startModelServer((request) =>
      question(request) === "slowly"
        ? { kind: "chunks", chunks: WORDS.map((text, index) => ({ text, after: words[index]?.promise ?? gate })) }
        : { kind: "chunks", chunks: [{ text: `You said: ${question(request)}`, after: gate }] }
    )
    const environment = { DATABASE_URL: url, BUTLER_MODEL_URL: model.url, BUTLER_MODEL: "scripted" }
    apis = [await startApi(null, { environment }), await startApi(null, { environment })]
  })
  afterAll(async () => {
    await Promise.all(apis.map(({ stop }) => stop()))
    await model.stop()
    await Effect.runPromise(Scope.close(scope, Exit.void))
  })

  const turnOf = async ({ body }: Answer) => (await call(apis[0], `/v1/turns/${textAt(body, "data", "turnId")}`)).body

  /** Messages that reach both at once while the dialog is idle; they are answered when `judged` has settled. */
  const atOnce = async (onBusy: string, queries: ReadonlyArray<string>, judged: Judged) => {
    const userId = `${onBusy} ${crypto.randomUUID()}`
    const dialogId = textAt((await say(apis[0], { query: "hello", userId })).body, "data", "dialogId")
    const held = Promise.withResolvers<void>()
    gate = held.promise
    const answers = queries.map((query, index) => say(apis[index % 2 === 0 ? 0 : 1], { query, userId, onBusy }))
    await judged(answers, async () => at((await call(apis[0], `/v1/dialogs/${dialogId}`)).body, "messageCount"))
    held.resolve()
    const released = performance.now()
    const all = await Promise.all(answers)
    expect(performance.now() - released).toBeLessThan(SOON_MS)
    const { body } = await call(apis[1], `/v1/dialogs/${dialogId}/messages`)
    return {
      answers: all,
      contents: listAt(body, "data")
        .map((message) => textAt(message, "content"))
        .slice(2)
    }
  }

  it.each([1, 2, 3])("enqueue: both are answered, one after the other (%i)", async () => {
    const { answers, contents } = await atOnce("enqueue", ["one", "two"], allStored(2))
    expect(statusesOf(answers)).toEqual(["completed", "completed"])
    expect(answers.map(said)).toEqual(["You said: one", "You said: two"])
    const first = contents[0] ?? ""
    const second = first === "one" ? "two" : "one"
    expect(contents).toEqual([first, second, `You said: ${first}`, `You said: ${second}`])
  })

  it.each([1, 2, 3])("coalesce: what waits is answered together (%i)", async () => {
    const { answers, contents } = await atOnce("coalesce", ["one", "two", "three"], allStored(3))
    expect(statusesOf(answers).toSorted()).toEqual(["coalesced", "completed", "completed"])
    const [first, ...others] = contents.slice(0, 3)
    expect(contents.slice(3)).toEqual([`You said: ${first}`, `You said: ${others.join("\n")}`])
    const ofOthers = answers.filter((answer) => said(answer) !== `You said: ${first}`)
    expect(ofOthers.map(said)).toEqual(Array.from({ length: 2 }, () => contents[4]))
  })

  it.each([1, 2, 3])("supersede: the later one answers both, and both callers have its answer (%i)", async () => {
    const { answers, contents } = await atOnce("supersede", ["one", "two"], allStored(2))
    expect(statusesOf(answers).toSorted()).toEqual(["completed", "superseded"])
    expect(contents).toHaveLength(3)
    expect(contents[2]).toBe(`You said: ${contents.slice(0, 2).join("\n")}`)
    expect(answers.map(said)).toEqual([contents[2], contents[2]])
    const superseded = answers[statusesOf(answers).indexOf("superseded")]
    const other = answers[statusesOf(answers).indexOf("completed")]
    if (superseded === undefined || other === undefined) throw new Error("both have an answer")
    expect(await turnOf(superseded)).toMatchObject({
      status: "superseded",
      answeredBy: textAt(other.body, "data", "turnId")
    })
  })

  it.each([1, 2, 3])("reject: one is answered and the other refused, and leaves nothing (%i)", async () => {
    const { answers, contents } = await atOnce("reject", ["one", "two"], (all) => Promise.race(all))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const taken = answers[0]?.status === 200 ? "one" : "two"
    expect(contents).toEqual([taken, `You said: ${taken}`])
  })

  it("a stream that is cut goes on from the other one, as promptly, without a gap or a word twice", async () => {
    gate = Promise.resolve()
    words = WORDS.map(() => Promise.withResolvers<void>())
    words[0]?.resolve()
    const headers = { "x-api-key": KEY, "content-type": "application/json" }
    const gone = new AbortController()
    const asked = await fetch(`${apis[0].url}${COMPLETIONS}`, {
      method: "POST",
      headers,
      body: JSON.stringify({ query: "slowly", stream: true }),
      signal: gone.signal
    })
    const before = await readEvents(asked, (events) => events.at(-1)?.event !== "delta")
    gone.abort()
    const path = `/v1/turns/${textAt(before[0]?.data, "turnId")}/events`
    const receivedAt = new Map<unknown, number>()
    const following = fetch(`${apis[1].url}${path}`, {
      headers: { ...headers, "last-event-id": String(before.at(-1)?.id) }
    }).then((response) =>
      readEvents(response, (events) => {
        for (const { data, event } of events) {
          const name = event === "delta" ? at(data, "text") : event
          if (!receivedAt.has(name)) receivedAt.set(name, performance.now())
        }
        return true
      })
    )
    for (const [index, word] of WORDS.entries()) {
      if (index === 0) continue
      const released = performance.now()
      words[index]?.resolve()
      await expect.poll(() => receivedAt.has(word), { interval: 5, timeout: 5_000 }).toBe(true)
      expect((receivedAt.get(word) ?? Infinity) - released).toBeLessThan(SOON_MS)
    }
    const lastWord = receivedAt.get(WORDS.at(-1)) ?? 0
    const events: ReadonlyArray<ReceivedEvent> = [...before, ...(await following)]
    expect((receivedAt.get("turn.completed") ?? Infinity) - lastWord).toBeLessThan(SOON_MS)
    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1))
    const deltas = events.filter(({ event }) => event === "delta").map(({ data }) => textAt(data, "text"))
    expect(deltas).toEqual(WORDS)
    expect(events.slice(-2).map(({ event }) => event)).toEqual(["message", "turn.completed"])
    const again = await readEvents(await fetch(`${apis[0].url}${path}`, { headers }))
    expect(again.slice(1)).toEqual(events.slice(1))
  })
})
