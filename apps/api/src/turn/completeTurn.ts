import { submitTurn, type TurnState } from "@butler/agent"
import { type Turn, type TurnCommand, TurnNotFound, Turns, type WorkspaceId } from "@butler/domain"
import { Effect, Option } from "effect"
import { TurnFailed } from "./TurnFailed.ts"

const currentState = Effect.fnUntraced(function* (workspaceId: WorkspaceId, turnId: Turn["id"]) {
  const turn = yield* (yield* Turns).find(workspaceId, turnId)
  return Option.isSome(turn) ? turn.value : yield* new TurnNotFound({ turnId })
})

/**
 * Accepts a turn and waits for its end, at most `waitMs` and not at all with null; its state is then what it has come to.
 * Once accepted the turn goes on, whatever becomes of the wait.
 */
export const completeTurn = Effect.fn("completeTurn")(function* (command: TurnCommand, waitMs: number | null) {
  const { dialogId, ended, status, turnId } = yield* submitTurn(command)
  if (waitMs === null && status !== null) {
    return { id: turnId, dialogId, status, agentLogs: [], steps: [], replies: [], error: null } satisfies TurnState
  }
  const end = yield* Effect.timeoutOption(ended, waitMs ?? 0)
  const state: TurnState = Option.isSome(end) ? end.value : yield* currentState(command.workspaceId, turnId)
  if (state.error !== null) return yield* new TurnFailed({ turnId: state.id, ...state.error })
  return state
})
