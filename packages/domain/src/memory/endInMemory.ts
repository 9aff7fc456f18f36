import * as Lane from "../lane/Lane.ts"
import type { Message } from "../message/Message.ts"
import type { RunnableTurn, TurnEnding } from "../turn/Turns.ts"
import type { Timeline } from "../turn/progress.ts"
import { advanceHead } from "./advanceHead.ts"
import type { StoredDialog } from "./MemoryStore.ts"

const replyMessages = (
  { dialog }: StoredDialog,
  turn: RunnableTurn,
  ending: TurnEnding,
  createdAt: Date
): ReadonlyArray<Message> =>
  ending.status === "failed"
    ? []
    : ending.replies.map(({ content, contentType, id, url }, index) => ({
        id,
        dialogId: dialog.id,
        sequence: dialog.messageCount + index + 1,
        turnId: turn.id,
        senderType: "agent",
        senderId: turn.agent.id,
        contentType,
        content,
        url,
        attachments: [],
        channel: turn.channel,
        agentLogs: ending.agentLogs,
        createdAt
      }))

/** Stores the outcome and moves the lane on; false when the lease is lost. */
export const endInMemory = (
  stored: StoredDialog,
  turn: RunnableTurn,
  ending: TurnEnding,
  timeline: Timeline,
  now: Date
): boolean => {
  const lane = Lane.complete(stored.lane, now.getTime(), turn.lease.token)
  if (lane === null) return false
  advanceHead(stored, ending.status, () => ({
    replies: ending.status === "completed" ? ending.replies : [],
    error: ending.status === "failed" ? ending.error : null,
    agentLogs: ending.agentLogs,
    steps: ending.steps,
    timeline,
    finishedAt: now
  }))
  stored.lane = lane
  stored.messages.push(...replyMessages(stored, turn, ending, now))
  stored.dialog = { ...stored.dialog, messageCount: stored.messages.length, lastActiveAt: now }
  return true
}
