import { type Turn, type TurnId, TurnNotFound, type Turns, type WorkspaceId } from "@butler/domain"
import { Effect, Option } from "effect"

export const findTurn = (
  turns: Turns["Service"],
  workspaceId: WorkspaceId,
  turnId: TurnId
): Effect.Effect<Turn, TurnNotFound> =>
  Effect.flatMap(turns.find(workspaceId, turnId), (turn) =>
    Option.isSome(turn) ? Effect.succeed(turn.value) : Effect.fail(new TurnNotFound({ turnId }))
  )
