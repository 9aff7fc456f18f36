import { type SubmittedTurn, submitTurn, type TurnState } from "@butler/agent"
import { type Turn, type TurnCommand, TurnNotFound, Turns, type WorkspaceId } from "@butler/domain"
import { Effect, Option } from "effect"
import { TurnFailed } from "./TurnFailed.ts"

const currentState = Effect.fnUntraced(function* (workspaceId: WorkspaceId, turnId: Turn["id"]) {
  const turn = yield* (yield* Turns).find(workspaceId, turnId)
  return Option.isSome(turn) ? turn.value : yield* new TurnNotFound({ turnId })
})

/**
 * Waits for the end of a turn, at most `waitMs`; its state is then what it has come to. The turn goes on, whatever becomes of the
 * wait.
 */
export const awaitAnswer = Effect.fn("awaitAnswer")(function* (
  workspaceId: WorkspaceId,
  { ended, turnId }: SubmittedTurn,
  waitMs: number
) {
  const end = yield* Effect.timeoutOption(ended, waitMs)
  const state: TurnState = Option.isSome(end) ? end.value : yield* currentState(workspaceId, turnId)
  if (state.error !== null) return yield* new TurnFailed({ turnId: state.id, ...state.error })
  return state
})

/** Accepts a turn and waits for its end, at most `waitMs` and not at all with null. */
export const completeTurn = Effect.fn("completeTurn")(function* (command: TurnCommand, waitMs: number | null) {
  const submitted = yield* submitTurn(command)
  const { dialogId, status, turnId } = submitted
  if (waitMs === null && status !== null) {
    return { id: turnId, dialogId, status, agentLogs: [], steps: [], replies: [], error: null } satisfies TurnState
  }
  return yield* awaitAnswer(command.workspaceId, submitted, waitMs ?? 0)
})
