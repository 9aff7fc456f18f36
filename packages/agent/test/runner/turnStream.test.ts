import {
  acceptTurn,
  type AgentLog,
  Answerer,
  layerMemory,
  type RunnableTurn,
  TurnProgress,
  TurnProgressLog,
  Turns
} from "@butler/domain"
import { command, newWorkspace } from "@butler/domain/testing"
import { assert, describe, it } from "@effect/vitest"
import { Context, Effect, Fiber, Layer, Stream } from "effect"
import { TestClock } from "effect/testing"
import { defaultTurnRunnerOptions, submitTurn, TurnRunner, type TurnStreamEvent } from "../../src/index.ts"

const log: AgentLog = { type: "task", name: "Orders", timestamp: 1 }
const words = ["Your ", "order ", "is ", "on ", "its ", "way."]

/** Speaks a word every 100 ms. */
const speaking = Layer.succeed(Answerer, {
  answer: (_turn: RunnableTurn) =>
    Effect.gen(function* () {
      const progress = yield* TurnProgress
      yield* progress.log(log)
      for (const word of words) {
        yield* progress.delta(word)
        yield* Effect.sleep("100 millis")
      }
      return {
        parts: [{ contentType: "text" as const, content: words.join(""), url: "" }],
        agentLogs: [log],
        steps: []
      }
    })
})

const world = TurnRunner.layer({ ...defaultTurnRunnerOptions, drainMs: 0 }).pipe(
  Layer.provideMerge(Layer.merge(layerMemory, speaking))
)

const LOGS = 20

/** Tells much at once; comes to an answer only when it is started for the fourth time. */
const gushing = TurnRunner.layer({ ...defaultTurnRunnerOptions, drainMs: 0 }).pipe(
  Layer.provideMerge(
    Layer.merge(
      layerMemory,
      Layer.succeed(Answerer, {
        answer: ({ attempts }) =>
          Effect.gen(function* () {
            const progress = yield* TurnProgress
            const agentLogs = Array.from({ length: LOGS }, (_, index): AgentLog => ({ ...log, timestamp: index }))
            yield* Effect.forEach(agentLogs, progress.log, { discard: true })
            if (attempts <= 3) return yield* Effect.never
            return { parts: [{ contentType: "text" as const, content: "Done.", url: "" }], agentLogs, steps: [] }
          })
      })
    )
  )
)

/** The runner of another process on the same store. */
const elsewhere = Effect.gen(function* () {
  const context = yield* Layer.build(Layer.fresh(TurnRunner.layer({ ...defaultTurnRunnerOptions, drainMs: 0 })))
  return Context.get(context, TurnRunner)
})

const ofNewWorkspace = Effect.map(newWorkspace, ({ workspaceId }) => command(workspaceId, { leaseMs: 30_000 }))

const collect = (stream: Stream.Stream<TurnStreamEvent, unknown>) =>
  Effect.forkChild(Stream.runCollect(stream), { startImmediately: true })

const idsOf = (events: ReadonlyArray<TurnStreamEvent>) => events.map(({ id }) => id)
const textOf = (events: ReadonlyArray<TurnStreamEvent>) =>
  events.map((event) => (event.type === "delta" ? event.text : "")).join("")

const whole = ["accepted", "log", ...words.map(() => "delta"), "message", "ended"]

describe("a turn's stream", () => {
  it.effect("tells everything while it happens, and the same again afterwards", () =>
    Effect.gen(function* () {
      const runner = yield* TurnRunner
      const given = yield* ofNewWorkspace
      const { turnId } = yield* submitTurn(given)
      const follower = yield* collect(runner.follow(given.workspaceId, turnId, 0))
      yield* TestClock.adjust("2 seconds")
      const live = yield* Fiber.join(follower)
      assert.deepStrictEqual(
        live.map(({ type }) => type),
        whole
      )
      assert.deepStrictEqual(
        idsOf(live),
        whole.map((_, index) => index + 1)
      )
      assert.strictEqual(textOf(live), words.join(""))
      const again = yield* Stream.runCollect(runner.follow(given.workspaceId, turnId, 0))
      assert.deepStrictEqual(again.slice(1), live.slice(1))
    }).pipe(Effect.provide(world))
  )

  it.effect("goes on behind any event, here and in another process", () =>
    Effect.gen(function* () {
      const here = yield* TurnRunner
      const there = yield* elsewhere
      const given = yield* ofNewWorkspace
      const { turnId } = yield* submitTurn(given)
      yield* TestClock.adjust("350 millis")
      const followers = yield* Effect.forEach([here, there], (runner) =>
        collect(runner.follow(given.workspaceId, turnId, 3))
      )
      yield* TestClock.adjust("5 seconds")
      const [mine, theirs] = yield* Effect.forEach(followers, Fiber.join)
      assert.deepStrictEqual(idsOf(mine ?? []), [4, 5, 6, 7, 8, 9, 10])
      assert.strictEqual(textOf(mine ?? []), words.slice(1).join(""))
      assert.deepStrictEqual(theirs, mine)
    }).pipe(Effect.scoped, Effect.provide(world))
  )

  it.effect("is written down for other processes only once one of them follows it", () =>
    Effect.gen(function* () {
      const log = yield* TurnProgressLog
      const given = yield* ofNewWorkspace
      const { ended, turnId } = yield* submitTurn(given)
      const written = Effect.map(log.after(given.workspaceId, turnId, 0), (events) => events.length)
      yield* TestClock.adjust("450 millis")
      assert.strictEqual(yield* written, 0)
      const follower = yield* collect((yield* elsewhere).follow(given.workspaceId, turnId, 0))
      yield* TestClock.adjust("60 millis")
      assert.isAbove(yield* written, 0)
      yield* TestClock.adjust("1 second")
      assert.strictEqual((yield* ended).status, "completed")
      assert.strictEqual(textOf(yield* Fiber.join(follower)), words.join(""))
    }).pipe(Effect.scoped, Effect.provide(world))
  )

  it.effect("its end is heard at once by another process that waits for it", () =>
    Effect.gen(function* () {
      const given = yield* ofNewWorkspace
      const { turnId } = yield* submitTurn(given)
      const waiting = yield* Effect.forkChild((yield* elsewhere).awaitEnd(given.workspaceId, turnId), {
        startImmediately: true
      })
      yield* TestClock.adjust(words.length * 100 + 1)
      assert.strictEqual(waiting.pollUnsafe()?._tag, "Success")
    }).pipe(Effect.scoped, Effect.provide(world))
  )

  it.effect("deltas that come at once are told together", () =>
    Effect.gen(function* () {
      const runner = yield* TurnRunner
      const given = yield* ofNewWorkspace
      const { turnId } = yield* submitTurn(given)
      const follower = yield* collect(runner.follow(given.workspaceId, turnId, 0))
      yield* TestClock.adjust("1 second")
      const events = yield* Fiber.join(follower)
      assert.deepStrictEqual(
        events.flatMap((event) => (event.type === "delta" ? event.text : [])),
        ["a", "bc", "d"]
      )
    }).pipe(
      Effect.provide(
        TurnRunner.layer().pipe(
          Layer.provideMerge(
            Layer.merge(
              layerMemory,
              Layer.succeed(Answerer, {
                answer: () =>
                  Effect.gen(function* () {
                    const progress = yield* TurnProgress
                    for (const letter of ["a", "b", "c"]) yield* progress.delta(letter)
                    yield* Effect.sleep("200 millis")
                    yield* progress.delta("d")
                    const parts = [{ contentType: "text" as const, content: "abcd", url: "" }]
                    return { parts, agentLogs: [], steps: [] }
                  })
              })
            )
          )
        )
      )
    )
  )

  it.effect("a start that was lost is told as void, and the next one numbered on", () =>
    Effect.gen(function* () {
      const runner = yield* TurnRunner
      const given = yield* ofNewWorkspace
      const { turnId } = yield* submitTurn({ ...given, leaseMs: 300 })
      const follower = yield* collect(runner.follow(given.workspaceId, turnId, 0))
      yield* TestClock.adjust("250 millis")
      yield* runner.stop([turnId])
      yield* TestClock.adjust("40 seconds")
      const events = yield* Fiber.join(follower)
      assert.deepStrictEqual(
        idsOf(events),
        events.map((_, index) => index + 1)
      )
      const restarted = events.findIndex(({ type }) => type === "restarted")
      assert.isAbove(restarted, 0)
      assert.strictEqual(textOf(events.slice(restarted)), words.join(""))
      const again = yield* Stream.runCollect(runner.follow(given.workspaceId, turnId, 0))
      assert.deepStrictEqual(idsOf(again), idsOf(events))
      assert.strictEqual(textOf(again), words.join(""))
    }).pipe(Effect.provide(world))
  )

  it.effect("a start that was lost before anything was written down is told as void to whoever had heard it", () =>
    Effect.gen(function* () {
      const runner = yield* TurnRunner
      const given = yield* ofNewWorkspace
      const { turnId } = yield* submitTurn({ ...given, leaseMs: 300 })
      const heard = yield* Stream.runCollect(Stream.take(runner.follow(given.workspaceId, turnId, 0), 3))
      assert.deepStrictEqual(idsOf(heard), [1, 2, 3])
      yield* runner.stop([turnId])
      const follower = yield* collect(runner.follow(given.workspaceId, turnId, 3))
      yield* TestClock.adjust("40 seconds")
      const events = yield* Fiber.join(follower)
      assert.deepStrictEqual(
        idsOf(events),
        events.map((_, index) => index + 4)
      )
      assert.strictEqual(
        textOf(
          events.slice(
            0,
            events.findIndex(({ type }) => type === "restarted")
          )
        ),
        ""
      )
      assert.strictEqual(textOf(events), words.join(""))
    }).pipe(Effect.provide(world))
  )

  it.effect("however much a start has told before it is lost, and however many are, nobody misses the next", () =>
    Effect.gen(function* () {
      const runner = yield* TurnRunner
      const given = yield* ofNewWorkspace
      const { turnId } = yield* submitTurn({ ...given, leaseMs: 300 })
      const heard: Array<TurnStreamEvent> = []
      for (const start of [1, 2, 3]) {
        // Whoever reads it hears all at once, before anything can have been written down.
        const reader = yield* Effect.forkChild(
          Stream.runForEach(runner.follow(given.workspaceId, turnId, heard.length), (event) =>
            Effect.sync(() => heard.push(event))
          )
        )
        yield* TestClock.adjust("1 millis")
        yield* runner.stop([turnId])
        yield* Fiber.interrupt(reader)
        assert.isAbove(heard.length, start * 5)
        // The lease of 30 s and the poll behind it.
        yield* TestClock.adjust("40 seconds")
      }
      const events = [...heard, ...(yield* Stream.runCollect(runner.follow(given.workspaceId, turnId, heard.length)))]
      assert.deepStrictEqual(
        idsOf(events),
        events.map((_, index) => index + 1)
      )
      const restarts = events.filter(({ type }) => type === "restarted")
      assert.strictEqual(restarts.length, 3)
      assert.strictEqual(events.at(-1)?.type, "ended")
      const last = events.findLastIndex(({ type }) => type === "restarted")
      assert.strictEqual(events.slice(last).filter(({ type }) => type === "log").length, LOGS)
    }).pipe(Effect.provide(gushing))
  )

  it.effect("a coalesced turn tells the answer of the one that answers for it; a cancelled one ends", () =>
    Effect.gen(function* () {
      const runner = yield* TurnRunner
      const given = yield* ofNewWorkspace
      const first = yield* submitTurn(given)
      const inDialog = { ...given, dialogId: first.dialogId }
      const waiting = yield* acceptTurn({ ...inDialog, onBusy: "coalesce" })
      const joined = yield* acceptTurn({ ...inDialog, onBusy: "coalesce" })
      const cancelled = yield* acceptTurn(inDialog)
      yield* (yield* Turns).cancel(given.workspaceId, cancelled.turnId)
      const followers = yield* Effect.forEach([joined, cancelled], ({ turnId }) =>
        collect(runner.follow(given.workspaceId, turnId, 0))
      )
      yield* TestClock.adjust("5 seconds")
      const [told, cut] = yield* Effect.forEach(followers, Fiber.join)
      assert.strictEqual(textOf(told ?? []), words.join(""))
      const last = told?.at(-1)
      assert.include(last?.type === "ended" ? last.state : {}, { id: joined.turnId, status: "coalesced" })
      assert.notStrictEqual(joined.turnId, waiting.turnId)
      assert.deepStrictEqual(
        cut?.map(({ id, type }) => [id, type]),
        [
          [1, "accepted"],
          [2, "ended"]
        ]
      )
    }).pipe(Effect.provide(world))
  )
})
