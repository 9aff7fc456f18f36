import {
  acceptTurn,
  type Answer,
  Answerer,
  Dialogs,
  layerMemory,
  type RunnableTurn,
  type TurnCommand,
  Turns,
  UserId,
  type WorkspaceId
} from "@butler/domain"
import { command, newWorkspace } from "@butler/domain/testing"
import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Fiber, Layer, Option, Ref } from "effect"
import { TestClock } from "effect/testing"
import { defaultTurnRunnerOptions, submitTurn, TurnRunner } from "../../src/index.ts"

const options = { ...defaultTurnRunnerOptions, concurrency: 4, drainMs: 1_000 }

const saying = (content: string): Answer => ({
  parts: [{ contentType: "text", content, url: "" }],
  agentLogs: [],
  steps: []
})

const answering = (answer: (turn: RunnableTurn) => Effect.Effect<Answer>) => Layer.succeed(Answerer, { answer })

const withRunner = (answer: (turn: RunnableTurn) => Effect.Effect<Answer>) =>
  TurnRunner.layer(options).pipe(Layer.provideMerge(Layer.merge(layerMemory, answering(answer))))

const commandFor = (workspaceId: WorkspaceId, given: Partial<TurnCommand> = {}): TurnCommand =>
  command(workspaceId, { userId: UserId.make("u1"), query: "hello", leaseMs: 30_000, ...given })

describe("TurnRunner", () => {
  it.effect("runs what its caller leased", () =>
    Effect.gen(function* () {
      const runner = yield* TurnRunner
      const { runnable } = yield* acceptTurn(commandFor((yield* newWorkspace).workspaceId))
      assert.isNotNull(runnable)
      const { ending } = yield* Effect.flatten(runner.start(runnable))
      assert.strictEqual(ending.status === "completed" && ending.replies[0]?.content, "answer to hello")
      assert.strictEqual(yield* runner.size, 0)
    }).pipe(Effect.provide(withRunner((turn) => Effect.succeed(saying(`answer to ${turn.query}`)))))
  )

  it.effect("answers a dialog's waiting turns one after another, in order", () =>
    Effect.gen(function* () {
      const order = yield* Ref.make<ReadonlyArray<string>>([])
      const parallel = yield* Ref.make(0)
      const layer = withRunner((turn) =>
        Effect.gen(function* () {
          assert.strictEqual(yield* Ref.updateAndGet(parallel, (n) => n + 1), 1)
          yield* Effect.yieldNow
          yield* Ref.update(order, (queries) => [...queries, turn.query])
          yield* Ref.update(parallel, (n) => n - 1)
          return saying("ok")
        })
      )
      yield* Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const queries = Array.from({ length: 20 }, (_, index) => `q${index}`)
        const accepted = yield* Effect.forEach(queries, (query) => submitTurn(commandFor(workspaceId, { query })))
        assert.strictEqual(accepted.filter((turn) => turn.runnable !== null).length, 1)
        yield* Effect.forEach(accepted, ({ ended }) => ended, { concurrency: "unbounded" })
        assert.deepStrictEqual(yield* Ref.get(order), queries)
      }).pipe(Effect.provide(layer))
    })
  )

  it.effect("a caller that goes away does not end the turn", () =>
    Effect.gen(function* () {
      const go = yield* Deferred.make<void>()
      yield* Effect.gen(function* () {
        const runner = yield* TurnRunner
        const { workspaceId } = yield* newWorkspace
        const { runnable, turnId } = yield* acceptTurn(commandFor(workspaceId))
        assert.isNotNull(runnable)
        const caller = yield* Effect.forkChild(Effect.flatten(runner.start(runnable)))
        yield* Effect.yieldNow
        yield* Fiber.interrupt(caller)
        assert.strictEqual(yield* runner.size, 1)
        yield* Deferred.succeed(go, undefined)
        assert.strictEqual((yield* runner.awaitEnd(workspaceId, turnId)).status, "completed")
      }).pipe(Effect.provide(withRunner(() => Effect.as(Deferred.await(go), saying("late")))))
    })
  )

  it.effect("takes up what a dead process left, once its lease has run out", () =>
    Effect.gen(function* () {
      const runner = yield* TurnRunner
      const { workspaceId } = yield* newWorkspace
      const { turnId } = yield* acceptTurn(commandFor(workspaceId, { leaseMs: 10_000 }))
      const end = yield* Effect.forkChild(runner.awaitEnd(workspaceId, turnId))
      yield* TestClock.adjust("9 seconds")
      assert.strictEqual(Option.getOrThrow(yield* (yield* Turns).find(workspaceId, turnId)).status, "running")
      yield* TestClock.adjust("3 seconds")
      const turn = yield* Fiber.join(end)
      assert.strictEqual(turn.status, "completed")
      assert.strictEqual(turn.attempts, 2)
    }).pipe(Effect.provide(withRunner(() => Effect.succeed(saying("taken over")))))
  )

  it.effect("heartbeats keep a long turn", () =>
    Effect.gen(function* () {
      const runner = yield* TurnRunner
      const { workspaceId } = yield* newWorkspace
      const { runnable, turnId } = yield* acceptTurn(commandFor(workspaceId))
      assert.isNotNull(runnable)
      const run = yield* Effect.forkChild(Effect.flatten(runner.start(runnable)))
      yield* TestClock.adjust("5 minutes")
      assert.strictEqual((yield* Fiber.join(run)).ending.status, "completed")
      assert.strictEqual((yield* runner.awaitEnd(workspaceId, turnId)).attempts, 1)
    }).pipe(Effect.provide(withRunner(() => Effect.as(Effect.sleep("4 minutes"), saying("at last")))))
  )

  it.effect("a turn whose lease was taken is interrupted, and its late answer is not stored", () =>
    Effect.gen(function* () {
      const interrupted = yield* Ref.make(0)
      yield* Effect.gen(function* () {
        const runner = yield* TurnRunner
        const turns = yield* Turns
        const { workspaceId } = yield* newWorkspace
        const { runnable, turnId } = yield* acceptTurn(commandFor(workspaceId, { leaseMs: 1 }))
        assert.isNotNull(runnable)
        const run = yield* Effect.forkChild(Effect.flip(Effect.flatten(runner.start(runnable))))
        yield* Effect.yieldNow
        yield* TestClock.adjust("2 millis")
        const [taken] = yield* turns.claim(1, { token: "1", durationMs: 3_600_000 })
        assert.isDefined(taken)
        yield* TestClock.adjust("6 seconds")
        assert.strictEqual((yield* Fiber.join(run))._tag, "LeaseLost")
        assert.strictEqual(yield* Ref.get(interrupted), 1)
        yield* turns.end(taken, { status: "completed", replies: [], agentLogs: [], steps: [] })
        assert.strictEqual((yield* runner.awaitEnd(workspaceId, turnId)).attempts, 2)
      }).pipe(
        Effect.provide(
          withRunner(() => Effect.onInterrupt(Effect.never, () => Ref.update(interrupted, (count) => count + 1)))
        )
      )
    })
  )

  it.effect("runs no more than its places at once, and fills a place that gets free", () =>
    Effect.gen(function* () {
      const peak = yield* Ref.make(0)
      const now = yield* Ref.make(0)
      yield* Effect.gen(function* () {
        const runner = yield* TurnRunner
        const { workspaceId } = yield* newWorkspace
        const accepted = yield* Effect.forEach(Array.from({ length: 20 }), () =>
          acceptTurn(commandFor(workspaceId, { userId: null, leaseMs: null }))
        )
        const ends = yield* Effect.forkChild(
          Effect.forEach(accepted, ({ turnId }) => runner.awaitEnd(workspaceId, turnId), { concurrency: "unbounded" })
        )
        yield* TestClock.adjust("1 minute")
        assert.strictEqual((yield* Fiber.join(ends)).length, 20)
        assert.strictEqual(yield* Ref.get(peak), options.concurrency)
      }).pipe(
        Effect.provide(
          withRunner(() =>
            Effect.gen(function* () {
              const running = yield* Ref.updateAndGet(now, (n) => n + 1)
              yield* Ref.update(peak, (n) => Math.max(n, running))
              yield* Effect.sleep("1 second")
              yield* Ref.update(now, (n) => n - 1)
              return saying("ok")
            })
          )
        )
      )
    })
  )

  it.effect("a shutdown gives back what it cannot finish", () =>
    Effect.gen(function* () {
      const { turn, workspaceId } = yield* Effect.gen(function* () {
        const runner = yield* TurnRunner
        const { workspaceId: workspace } = yield* newWorkspace
        const { runnable } = yield* acceptTurn(commandFor(workspace))
        assert.isNotNull(runnable)
        yield* Effect.forkChild(Effect.flatten(runner.start(runnable)))
        yield* Effect.yieldNow
        yield* Effect.forkDetach(TestClock.adjust("2 seconds"))
        return { turn: runnable, workspaceId: workspace }
      }).pipe(Effect.provide(TurnRunner.layer(options)))
      const found = Option.getOrThrow(yield* (yield* Turns).find(workspaceId, turn.id))
      assert.strictEqual(found.status, "queued")
      const [again] = yield* (yield* Turns).claim(1, { token: "2", durationMs: 1_000 })
      assert.strictEqual(again?.id, turn.id)
      const messages = yield* (yield* Dialogs).messages({
        workspaceId,
        dialogId: turn.dialogId,
        order: "asc",
        after: null,
        limit: 10
      })
      assert.deepStrictEqual(
        messages.map((message) => message.content),
        ["hello"]
      )
    }).pipe(
      Effect.provide(
        Layer.merge(
          layerMemory,
          answering(() => Effect.never)
        )
      )
    )
  )
})
