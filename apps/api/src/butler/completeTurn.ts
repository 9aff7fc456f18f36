import { TurnRunner } from "@butler/agent"
import {
  type AcceptedTurn,
  acceptTurn,
  type Turn,
  type TurnCommand,
  TurnNotFound,
  Turns,
  type WorkspaceId
} from "@butler/domain"
import { Effect, Option } from "effect"
import { TurnFailed } from "./TurnFailed.ts"

/** What is told of a turn. */
export type TurnState = Pick<Turn, "id" | "dialogId" | "status" | "replies" | "agentLogs" | "error">

const currentState = Effect.fnUntraced(function* (workspaceId: WorkspaceId, turnId: Turn["id"]) {
  const turn = yield* (yield* Turns).find(workspaceId, turnId)
  return Option.isSome(turn) ? turn.value : yield* new TurnNotFound({ turnId })
})

/** The end of a turn: run here when the lease came with the acceptance, else brought about by whoever runs it. */
const ended = Effect.fnUntraced(function* (workspaceId: WorkspaceId, { dialogId, runnable, turnId }: AcceptedTurn) {
  const runner = yield* TurnRunner
  const elsewhere = runner.awaitEnd(workspaceId, turnId)
  if (runnable === null) return yield* elsewhere
  return yield* runner.run(runnable).pipe(
    Effect.map((ending): TurnState => {
      const { agentLogs, status } = ending
      return status === "completed"
        ? { id: turnId, dialogId, status, agentLogs, replies: ending.replies, error: null }
        : { id: turnId, dialogId, status, agentLogs, replies: [], error: ending.error }
    }),
    Effect.catchTag("LeaseLost", () => elsewhere)
  )
})

/**
 * Accepts a turn and waits for its end, at most `waitMs`; then its state is what it has come to by then. Once accepted the
 * turn goes on, whatever becomes of the wait.
 */
export const completeTurn = Effect.fn("completeTurn")(function* (command: TurnCommand, waitMs: number) {
  const accepted = yield* Effect.uninterruptible(acceptTurn(command))
  const end = yield* Effect.timeoutOption(ended(command.workspaceId, accepted), waitMs)
  const state: TurnState = Option.isSome(end) ? end.value : yield* currentState(command.workspaceId, accepted.turnId)
  if (state.status === "failed") {
    const { type, detail } = state.error ?? { type: "internal", detail: "the turn failed" }
    return yield* new TurnFailed({ turnId: state.id, type, detail })
  }
  return state
})
