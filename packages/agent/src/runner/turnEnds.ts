import { isEnded, type TurnId, type Turns, type WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { findTurn } from "./findTurn.ts"
import { makeTurnWaiters } from "./turnWaiters.ts"

/**
 * Wakes those who wait for a turn's end in this process. Where another one runs it, they `ask` to be told; a poll stands behind
 * that.
 */
export const makeTurnEnds = (turns: Turns["Service"], ask: (turnId: TurnId) => Effect.Effect<void>) => {
  const { signal, waiter } = makeTurnWaiters()

  /** The turn once it has ended. Listens before it looks, so that no end slips between. */
  const awaitEnd = Effect.fn("TurnRunner.awaitEnd")(function* (workspaceId: WorkspaceId, turnId: TurnId) {
    const { next, soon, watch } = yield* waiter
    watch(turnId)
    let turn = yield* findTurn(turns, workspaceId, turnId)
    let asked = false
    while (!isEnded(turn.status)) {
      if (turn.status === "running" && !asked) {
        asked = true
        yield* Effect.andThen(ask(turnId), soon)
      } else yield* next
      const before = turn
      // A store that cannot be reached just now has no say in whether the turn has ended.
      turn = yield* Effect.catchDefect(findTurn(turns, workspaceId, turnId), () => Effect.succeed(before))
    }
    return turn
  }, Effect.scoped)

  return { signal, awaitEnd }
}
