import { isEnded, type Turn, type TurnId, TurnNotFound, type Turns, type WorkspaceId } from "@butler/domain"
import { Deferred, Effect, Option, Schedule } from "effect"

/** How often a waiter looks for an end that another process brought about. */
const POLL = Schedule.jittered(Schedule.spaced("1 second"))

/** Wakes those who wait for a turn's end in this process; a poll stands behind it for ends that come from others. */
export const makeTurnEnds = (turns: Turns["Service"]) => {
  const waiting = new Map<TurnId, Set<Deferred.Deferred<void>>>()

  const signal = (turnId: TurnId): Effect.Effect<void> =>
    Effect.forEach(waiting.get(turnId) ?? [], (waiter) => Deferred.succeed(waiter, undefined), { discard: true })

  const waiter = (turnId: TurnId) =>
    Effect.acquireRelease(
      Effect.sync(() => {
        const deferred = Deferred.makeUnsafe<void>()
        const all = waiting.get(turnId) ?? new Set()
        waiting.set(turnId, all.add(deferred))
        return deferred
      }),
      (deferred) =>
        Effect.sync(() => {
          const all = waiting.get(turnId)
          if (all?.delete(deferred) === true && all.size === 0) waiting.delete(turnId)
        })
    )

  const find = (workspaceId: WorkspaceId, turnId: TurnId): Effect.Effect<Turn, TurnNotFound> =>
    Effect.flatMap(turns.find(workspaceId, turnId), (turn) =>
      Option.isSome(turn) ? Effect.succeed(turn.value) : Effect.fail(new TurnNotFound({ turnId }))
    )

  /** The turn once it has ended. Listens before it looks, so that no end slips between. */
  const awaitEnd = Effect.fn("TurnRunner.awaitEnd")(function* (workspaceId: WorkspaceId, turnId: TurnId) {
    const signalled = yield* waiter(turnId)
    const look = find(workspaceId, turnId)
    const now = yield* look
    if (isEnded(now.status)) return now
    // A store that cannot be reached just now has no say in whether the turn has ended.
    const polled = Effect.catchDefect(look, () => Effect.succeed(now)).pipe(
      Effect.repeat({ schedule: POLL, until: (turn) => isEnded(turn.status) })
    )
    yield* Effect.raceFirst(Deferred.await(signalled), polled)
    return yield* look
  }, Effect.scoped)

  return { signal, awaitEnd }
}
