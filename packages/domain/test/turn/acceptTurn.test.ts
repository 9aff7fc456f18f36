import { acceptTurn, Dialogs, layerMemory, StaleResolution, Turns, UserId } from "@butler/domain"
import { assert, it } from "@effect/vitest"
import { Array as Arr, Cause, Effect, Exit, Layer, Option } from "effect"
import { TestClock } from "effect/testing"
import { command, LEASE_MS, newWorkspace } from "./fixtures.ts"

const ada = UserId.make("ada")

const turnsWith = (change: (turns: Turns["Service"]) => Partial<Turns["Service"]>) =>
  Layer.effect(
    Turns,
    Effect.map(Turns, (turns) => Turns.of({ ...turns, ...change(turns) }))
  ).pipe(Layer.provideMerge(layerMemory))

/** Everyone reads the facts before anyone stores. */
const layerRace = turnsWith((turns) => ({ facts: (names) => Effect.tap(turns.facts(names), Effect.yieldNow) }))

it.effect("an accepted turn is stored, and its caller's to run", () =>
  Effect.gen(function* () {
    yield* TestClock.setTime(Date.UTC(2026, 1, 5))
    const workspaceId = yield* newWorkspace
    const turns = yield* Turns
    const { dialogId, runnable, turnId } = yield* acceptTurn(command(workspaceId, { userId: ada }))
    const turn = Option.getOrThrow(yield* turns.find(workspaceId, turnId))
    assert.include(turn, { dialogId, status: "running", attempts: 1, query: "Where is my order?" })
    assert.deepStrictEqual(turn.startedAt, new Date(Date.UTC(2026, 1, 5)))
    assert.include(runnable, { id: turnId, workspaceId, dialogId, contactId: turn.contactId, attempts: 1 })
    assert.strictEqual(runnable?.agent.name, "Butler")
    assert.deepStrictEqual(yield* turns.claim(10, { token: "9", durationMs: LEASE_MS }), [])
    yield* TestClock.adjust(LEASE_MS)
    const [again] = yield* turns.claim(10, { token: "9", durationMs: LEASE_MS })
    assert.deepStrictEqual(again, runnable && { ...runnable, attempts: 2, lease: { ...runnable.lease, token: "9" } })
  }).pipe(Effect.provide(layerMemory))
)

it.effect("without a lease it is left to a runner", () =>
  Effect.gen(function* () {
    const workspaceId = yield* newWorkspace
    const turns = yield* Turns
    const { runnable, turnId } = yield* acceptTurn(command(workspaceId, { leaseMs: null }))
    assert.strictEqual(runnable, null)
    const [claimed] = yield* turns.claim(10, { token: "9", durationMs: LEASE_MS })
    assert.strictEqual(claimed?.id, turnId)
  }).pipe(Effect.provide(layerMemory))
)

it.effect("first messages that race for one contact are resolved again until they agree", () =>
  Effect.gen(function* () {
    const workspaceId = yield* newWorkspace
    const dialogs = yield* Dialogs
    const accepted = yield* Effect.all(
      Arr.makeBy(50, () => acceptTurn(command(workspaceId, { userId: ada }))),
      { concurrency: "unbounded" }
    )
    assert.strictEqual(new Set(accepted.map(({ dialogId }) => dialogId)).size, 1)
    assert.strictEqual(accepted.filter(({ runnable }) => runnable !== null).length, 1)
    const [dialog, ...others] = yield* dialogs.list({
      workspaceId,
      contactId: null,
      userId: null,
      after: null,
      limit: 9
    })
    assert.deepStrictEqual(others, [])
    assert.strictEqual(dialog?.messageCount, 50)
  }).pipe(Effect.provide(layerRace))
)

it.effect("a store that is never sure is a defect, not an endless loop", () =>
  Effect.gen(function* () {
    const workspaceId = yield* newWorkspace
    const exit = yield* Effect.exit(acceptTurn(command(workspaceId)))
    assert.isTrue(Exit.isFailure(exit) && Cause.squash(exit.cause) instanceof StaleResolution && Exit.hasDies(exit))
  }).pipe(Effect.provide(turnsWith(() => ({ accept: () => Effect.fail(new StaleResolution({ dialogId: null })) }))))
)
