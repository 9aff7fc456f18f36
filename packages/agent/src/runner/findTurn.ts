import { type TurnId, TurnNotFound, type Turns, type WorkspaceId } from "@butler/domain"
import { Effect } from "effect"

/** The turn, which has to be there. */
export const findTurn = (turns: Turns["Service"], workspaceId: WorkspaceId, turnId: TurnId) =>
  turns.find(workspaceId, turnId).pipe(
    Effect.flatMap(Effect.fromOption),
    Effect.mapError(() => new TurnNotFound({ turnId }))
  )
