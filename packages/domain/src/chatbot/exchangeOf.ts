import type { AskedMessage } from "../turn/acceptTurn.ts"
import type { Turn } from "../turn/Turn.ts"
import { inThread, type RecordedMessage } from "./inThread.ts"
import type { MessageExtra, ThreadMessage } from "./ThreadMessage.ts"

/** A turn that has ended, as it is known where it was accepted and run. */
export interface EndedExchange extends Pick<Turn, "id" | "dialogId" | "status" | "query" | "replies" | "agentLogs"> {
  readonly asked: AskedMessage
  readonly extra: MessageExtra
  readonly repliedAt: Date
}

/** The exchange that a turn is, as `Threads.ofTurn` reads it back. */
export const exchangeOf = (turn: EndedExchange): ThreadMessage | undefined => {
  const { agentLogs, asked, dialogId, extra, id: turnId, query, repliedAt, replies, status } = turn
  const question: RecordedMessage = {
    id: asked.messageId,
    dialogId,
    turnId,
    senderType: "contact",
    senderId: null,
    contentType: "text",
    content: query,
    url: "",
    agentLogs: [],
    createdAt: asked.at,
    extra,
    turnStatus: status
  }
  const answers = replies.map(({ content, contentType, id, url }): RecordedMessage => ({
    id,
    dialogId,
    turnId,
    senderType: "agent",
    senderId: null,
    contentType,
    content,
    url,
    agentLogs,
    createdAt: repliedAt,
    extra: null,
    turnStatus: status
  }))
  return inThread([question, ...answers])[0]
}
