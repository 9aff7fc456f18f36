import {
  acceptTurn,
  AnswerFailed,
  Dialogs,
  layerMemory,
  LeaseLost,
  MAX_STARTS,
  type RunnableTurn,
  runTurn,
  Turns
} from "@butler/domain"
import { assert, it } from "@effect/vitest"
import { Cause, Effect, Exit, Fiber, Layer, Logger, Option } from "effect"
import { TestClock } from "effect/testing"
import { answering, command, LEASE_MS, newWorkspace, taskLog, text } from "./fixtures.ts"

/** A turn that its caller holds. */
const accepted = Effect.gen(function* () {
  const { runnable } = yield* acceptTurn(command(yield* newWorkspace))
  return runnable ?? (yield* Effect.die("the dialog is busy"))
})

const read = Effect.fnUntraced(function* ({ dialogId, id, workspaceId }: RunnableTurn) {
  const turns = yield* Turns
  const dialogs = yield* Dialogs
  const turn = Option.getOrThrow(yield* turns.find(workspaceId, id))
  const messages = yield* dialogs.messages({ workspaceId, dialogId, order: "asc", after: null, limit: 10 })
  return { turn, said: messages.map(({ content }) => content) }
})

const claimNext = Effect.fnUntraced(function* (token: string) {
  yield* TestClock.adjust(LEASE_MS)
  const turns = yield* Turns
  return yield* turns.claim(1, { token, durationMs: LEASE_MS }).pipe(
    Effect.map(([turn]) => Option.fromUndefinedOr(turn)),
    Effect.flatMap(Effect.fromOption)
  )
})

const never = answering(() => Effect.never)

it.effect("an answer completes the turn", () =>
  Effect.gen(function* () {
    const runnable = yield* accepted
    const { workspaceId, dialogId } = runnable
    yield* acceptTurn(command(workspaceId, { dialogId, query: "And now?" }))
    yield* TestClock.adjust("3 seconds")
    const { ending, more } = yield* runTurn(runnable).pipe(
      Effect.provide(answering((turn) => Effect.succeed(text(`Answer to: ${turn.query}`))))
    )
    assert.isTrue(more)
    const { said, turn } = yield* read(runnable)
    assert.include(turn, { status: "completed", attempts: 1, error: null })
    assert.deepStrictEqual(ending.status === "completed" && ending.replies, turn.replies)
    assert.deepStrictEqual([turn.agentLogs, turn.steps], [[taskLog], text("").steps])
    assert.strictEqual((turn.finishedAt?.getTime() ?? 0) - turn.createdAt.getTime(), 3000)
    assert.deepStrictEqual(said, ["Where is my order?", "And now?", "Answer to: Where is my order?"])
  }).pipe(Effect.provide(layerMemory))
)

it.effect("a failed answer fails the turn and keeps the contact's message", () =>
  Effect.gen(function* () {
    const runnable = yield* accepted
    const failing = answering(({ id }) =>
      Effect.fail(new AnswerFailed({ turnId: id, type: "model_timeout", detail: "the model took too long" }))
    )
    const { more } = yield* runTurn(runnable).pipe(Effect.provide(failing))
    assert.isFalse(more)
    const { said, turn } = yield* read(runnable)
    assert.strictEqual(turn.status, "failed")
    assert.deepStrictEqual(turn.error, { type: "model_timeout", detail: "the model took too long" })
    assert.deepStrictEqual([turn.replies, said], [[], ["Where is my order?"]])
  }).pipe(Effect.provide(layerMemory))
)

const breakDown = (turn: RunnableTurn) =>
  runTurn(turn).pipe(Effect.provide(answering(() => Effect.die(new Error("password hunter2 refused")))))

it.effect("a breakdown gives the turn back; the third fails it, and what broke stays in the operator's log", () => {
  const logged: Array<string> = []
  const logger = Logger.make(({ cause }) => logged.push(Cause.pretty(cause)))
  return Effect.gen(function* () {
    const runnable = yield* accepted
    assert.strictEqual((yield* Effect.flip(breakDown(runnable)))._tag, "LeaseLost")
    assert.include((yield* read(runnable)).turn, { status: "queued", finishedAt: null })
    yield* TestClock.adjust("500 millis")
    const second = yield* claimNext("8")
    yield* Effect.flip(breakDown(second))
    yield* TestClock.adjust("1 second")
    yield* breakDown(yield* claimNext("9"))
    const { turn } = yield* read(runnable)
    assert.include(turn, { status: "failed", attempts: 3 })
    assert.strictEqual(turn.error?.type, "internal")
    assert.notInclude(JSON.stringify(turn), "hunter2")
    assert.include(logged.join("\n"), "hunter2")
  }).pipe(Effect.provide(Layer.merge(layerMemory, Logger.layer([logger]))))
})

it.effect("an interrupted run ends nothing: the turn comes back when its lease runs out", () =>
  Effect.gen(function* () {
    const runnable = yield* accepted
    const fiber = yield* runTurn(runnable).pipe(Effect.provide(never), Effect.forkChild({ startImmediately: true }))
    yield* Fiber.interrupt(fiber)
    assert.include((yield* read(runnable)).turn, { status: "running", finishedAt: null })
    const again = yield* claimNext("9")
    assert.include(again, { id: runnable.id, attempts: 2 })
  }).pipe(Effect.provide(layerMemory))
)

it.effect("an answer that is interrupted from within ends nothing either", () =>
  Effect.gen(function* () {
    const runnable = yield* accepted
    const exit = yield* runTurn(runnable).pipe(Effect.provide(answering(() => Effect.interrupt)), Effect.exit)
    assert.isTrue(Exit.isFailure(exit) && Cause.hasInterruptsOnly(exit.cause))
    assert.include((yield* read(runnable)).turn, { status: "running", finishedAt: null })
  }).pipe(Effect.provide(layerMemory))
)

it.effect("a turn that took its worker down too often has crashed, without another try", () =>
  Effect.gen(function* () {
    const runnable = yield* accepted
    for (let start = 2; start <= MAX_STARTS; start++)
      assert.strictEqual((yield* claimNext(String(start))).attempts, start)
    const last = yield* claimNext("last")
    yield* runTurn(last).pipe(Effect.provide(answering(() => Effect.die("asked once more"))))
    const { turn } = yield* read(runnable)
    assert.include(turn, { status: "failed", attempts: MAX_STARTS + 1 })
    assert.strictEqual(turn.error?.type, "crashed")
  }).pipe(Effect.provide(layerMemory))
)

it.effect("who lost the lease stores nothing", () =>
  Effect.gen(function* () {
    const runnable = yield* accepted
    const rerun = yield* claimNext("9")
    const late = runTurn(runnable).pipe(Effect.provide(answering(() => Effect.succeed(text("late")))))
    assert.deepStrictEqual(yield* Effect.flip(late), new LeaseLost({ turnId: runnable.id }))
    assert.deepStrictEqual((yield* read(runnable)).said, ["Where is my order?"])
    yield* runTurn(rerun).pipe(Effect.provide(answering(() => Effect.succeed(text("in time")))))
    assert.deepStrictEqual((yield* read(runnable)).said, ["Where is my order?", "in time"])
  }).pipe(Effect.provide(layerMemory))
)
