import { isEnded, type Turn, type TurnId, TurnNotFound, type Turns, type WorkspaceId } from "@butler/domain"
import { Effect, Latch, Option, Random } from "effect"

/** How long a waiter goes without a look, should the word of an end brought about elsewhere be lost; more or less. */
const PATIENCE_MS = 1_000

const open = (waiters: Iterable<Latch.Latch>): Effect.Effect<void> =>
  Effect.sync(() => {
    for (const waiter of waiters) Latch.openUnsafe(waiter)
  })

/** Wakes those who wait for a turn's end in this process; a poll stands behind it for ends that come from others. */
export const makeTurnEnds = (turns: Turns["Service"]) => {
  const waiting = new Map<TurnId, Set<Latch.Latch>>()

  const signal = (turnId: TurnId): Effect.Effect<void> => Effect.suspend(() => open(waiting.get(turnId) ?? []))

  /** Makes every waiter look, since the word of some end may have been lost. */
  const signalAll = Effect.suspend(() => open(waiting.values().flatMap((waiters) => waiters)))

  const waiter = (turnId: TurnId) =>
    Effect.acquireRelease(
      Effect.sync(() => {
        const latch = Latch.makeUnsafe(false)
        const all = waiting.get(turnId) ?? new Set()
        waiting.set(turnId, all.add(latch))
        return latch
      }),
      (latch) =>
        Effect.sync(() => {
          const all = waiting.get(turnId)
          if (all?.delete(latch) === true && all.size === 0) waiting.delete(turnId)
        })
    )

  const find = (workspaceId: WorkspaceId, turnId: TurnId): Effect.Effect<Turn, TurnNotFound> =>
    Effect.flatMap(turns.find(workspaceId, turnId), (turn) =>
      Option.isSome(turn) ? Effect.succeed(turn.value) : Effect.fail(new TurnNotFound({ turnId }))
    )

  /** The turn once it has ended. Listens before it looks, so that no end slips between. */
  const awaitEnd = Effect.fn("TurnRunner.awaitEnd")(function* (workspaceId: WorkspaceId, turnId: TurnId) {
    const signalled = yield* waiter(turnId)
    const look = Effect.andThen(Latch.close(signalled), find(workspaceId, turnId))
    let turn = yield* look
    while (!isEnded(turn.status)) {
      const patience = yield* Random.nextBetween(PATIENCE_MS * 0.8, PATIENCE_MS * 1.2)
      yield* Effect.timeoutOption(Latch.await(signalled), patience)
      const before = turn
      // A store that cannot be reached just now has no say in whether the turn has ended.
      turn = yield* Effect.catchDefect(look, () => Effect.succeed(before))
    }
    return turn
  }, Effect.scoped)

  return { signal, signalAll, awaitEnd }
}
