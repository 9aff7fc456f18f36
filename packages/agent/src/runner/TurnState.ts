import type { RunnableTurn, Turn, TurnEnding } from "@butler/domain"

/** What a caller is told of a turn. */
export type TurnState = Pick<Turn, "id" | "dialogId" | "status" | "replies" | "agentLogs" | "steps" | "error">

/** Of a turn that was run here. */
export const endedState = ({ dialogId, id }: RunnableTurn, ending: TurnEnding): TurnState => {
  const { agentLogs, status, steps } = ending
  return status === "completed"
    ? { id, dialogId, status, agentLogs, steps, replies: ending.replies, error: null }
    : { id, dialogId, status, agentLogs, steps, replies: [], error: ending.error }
}

/** A turn's own name and status with the answer of the one that answered for it, which may be itself. */
export const withAnswer = ({ dialogId, id, status }: Turn, { agentLogs, error, replies, steps }: Turn): TurnState => ({
  id,
  dialogId,
  status,
  agentLogs,
  steps,
  error,
  replies
})
