import { type TurnId, Turns, type WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { TurnRunner } from "./TurnRunner.ts"

/** Ends an open turn as `cancelled`, and stops it where it runs. One that has ended stays as it is. */
export const cancelTurn = Effect.fn("cancelTurn")(function* (workspaceId: WorkspaceId, turnId: TurnId) {
  const runner = yield* TurnRunner
  const turn = yield* Turns.use((turns) => turns.cancel(workspaceId, turnId))
  yield* runner.stop([turnId])
  yield* runner.wake
  return turn
}, Effect.uninterruptible)
