import { Schema } from "effect"
import type { ChatUser } from "../chatbot/Thread.ts"
import type { ThreadMessage } from "../chatbot/ThreadMessage.ts"
import type { AgentId, DialogId } from "../ids/brands.ts"

/** What a chatbot's own webhook is told of, by the names it has there. */
export const ChatbotEvent = Schema.Literals(["ADD_MESSAGE", "CONVERSATION_ESCALATED", "LEAD_COLLECTED"])
export type ChatbotEvent = typeof ChatbotEvent.Type

interface InThread {
  readonly chatbotId: AgentId
  readonly threadId: DialogId
}

/** A message of a thread whose turn, if it has one, has its outcome. */
export interface MessageAdded extends InThread {
  readonly event: "ADD_MESSAGE"
  readonly gptModel: string
  readonly message: ThreadMessage
}

/** Somebody was called for. */
export interface ConversationEscalated extends InThread {
  readonly event: "CONVERSATION_ESCALATED"
  readonly reason: string | null
  readonly chatUser: ChatUser | null
  readonly at: Date
}

/** A visitor's name, address or number became known, or another one. */
export interface LeadCollected extends InThread {
  readonly event: "LEAD_COLLECTED"
  readonly chatUser: ChatUser | null
  readonly at: Date
}

export type ThreadEvent = MessageAdded | ConversationEscalated | LeadCollected
