import type { AgentLog } from "../agent/AgentLog.ts"
import type { TurnId } from "../ids/brands.ts"
import type { Message } from "../message/Message.ts"
import type { Turn } from "../turn/Turn.ts"
import type { MessageExtra, Said, ThreadMessage } from "./ThreadMessage.ts"

/** A dialog's message with what a thread needs to show it. */
export interface RecordedMessage extends Pick<
  Message,
  | "id"
  | "dialogId"
  | "turnId"
  | "senderType"
  | "senderId"
  | "contentType"
  | "content"
  | "url"
  | "agentLogs"
  | "createdAt"
> {
  readonly extra: MessageExtra | null
  readonly turnStatus: Turn["status"] | null
}

const ADDRESS = /^https?:\/\//i

/** The addresses that an answer rests on, each once. */
export const sourcesOf = (logs: ReadonlyArray<AgentLog>): ReadonlyArray<string> => {
  const cited = logs.flatMap((log) => (log.type === "knowledge_hit" ? log.kb : []))
  return [...new Set(cited.map(({ source }) => source).filter((source) => ADDRESS.test(source)))]
}

const saidBy = ({ content, contentType, createdAt, url }: RecordedMessage): Said => ({
  text: contentType === "text" ? content : url,
  at: createdAt
})

const base = ({ dialogId, extra, id, senderId, senderType }: RecordedMessage) => ({
  id,
  threadId: dialogId,
  sources: [],
  reaction: extra?.reaction ?? "NEUTRAL",
  systemMessageType: extra?.systemMessageType ?? null,
  iconUrl: extra?.iconUrl ?? null,
  agentId: senderType === "person" ? senderId : null,
  agentName: extra?.agentName ?? null,
  prompts: extra?.prompts ?? []
})

/** People got the dialog: nothing was said for the agent, or it was stopped. */
const isLeft = (status: RecordedMessage["turnStatus"]): boolean => status === "completed" || status === "cancelled"

/** A question as long as it has no answer; one whose turn is over without any was left to people. */
const asked = (message: RecordedMessage): ThreadMessage => ({
  ...base(message),
  question: saidBy(message),
  answer: null,
  messageType: isLeft(message.turnStatus) ? "USER_MESSAGE" : "NORMAL_MESSAGE",
  ...(message.turnStatus === "failed" && { systemMessageType: "PROBLEMS_WITH_UPSTREAM_PROVIDER" })
})

const saidAlone = (message: RecordedMessage): ThreadMessage => ({
  ...base(message),
  question: null,
  answer: saidBy(message),
  sources: sourcesOf(message.agentLogs),
  messageType: message.senderType === "system" ? "SYSTEM_MESSAGE" : "AGENT_MESSAGE"
})

const answered = (exchange: ThreadMessage, reply: RecordedMessage): ThreadMessage => {
  const said = saidBy(reply)
  return {
    ...exchange,
    answer: exchange.answer === null ? said : { text: `${exchange.answer.text}\n${said.text}`, at: said.at },
    sources: sourcesOf(reply.agentLogs),
    messageType: "NORMAL_MESSAGE"
  }
}

/** A dialog's messages, in their order, as the exchanges of a thread: an answer stands with its question. */
export const inThread = (messages: ReadonlyArray<RecordedMessage>): ReadonlyArray<ThreadMessage> => {
  const exchanges: Array<ThreadMessage> = []
  const ofTurn = new Map<TurnId, number>()
  for (const message of messages) {
    const { senderType, turnId } = message
    const index = turnId === null || senderType === "contact" ? undefined : ofTurn.get(turnId)
    const exchange = index === undefined ? undefined : exchanges[index]
    if (index !== undefined && exchange !== undefined) exchanges[index] = answered(exchange, message)
    else {
      if (turnId !== null) ofTurn.set(turnId, exchanges.length)
      exchanges.push(senderType === "contact" ? asked(message) : saidAlone(message))
    }
  }
  return exchanges
}
