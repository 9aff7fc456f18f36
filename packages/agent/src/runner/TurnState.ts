import type { EndedTurn, RunnableTurn, Turn } from "@butler/domain"

/** What a caller is told of a turn. */
export interface TurnState extends Pick<
  Turn,
  "id" | "dialogId" | "status" | "replies" | "agentLogs" | "steps" | "error"
> {
  /** When the replies were stored; only known where the turn was run here. */
  readonly repliedAt?: Date
}

/** Of a turn that was run here. */
export const endedState = ({ dialogId, id }: RunnableTurn, { ending, repliedAt }: EndedTurn): TurnState => {
  const { agentLogs, status, steps } = ending
  return status === "completed"
    ? { id, dialogId, status, agentLogs, steps, replies: ending.replies, repliedAt, error: null }
    : { id, dialogId, status, agentLogs, steps, replies: [], repliedAt, error: ending.error }
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
