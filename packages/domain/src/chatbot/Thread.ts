import { Schema } from "effect"
import { AgentId, type ContactId, DialogId, MessageId } from "../ids/brands.ts"
import type { ChatMode } from "./ChatbotSettings.ts"
import type { ThreadMessage } from "./ThreadMessage.ts"

/** Who a thread is with, as far as it is known. */
export interface ChatUser {
  readonly id: ContactId
  readonly name: string | null
  readonly email: string | null
  readonly phoneNumber: string | null
  readonly createdAt: Date
}

/** What can be said of a visitor; what is not named stays. */
export type ChatUserChange = Partial<Record<"email" | "name" | "phoneNumber", string>>

/** A dialog as a chatbot's thread. */
export interface Thread {
  readonly id: DialogId
  readonly chatbotId: AgentId
  readonly mode: ChatMode
  readonly startedAt: Date
  readonly updatedAt: Date
  /** Null while nothing is known of the visitor. */
  readonly chatUser: ChatUser | null
  readonly escalated: boolean
  /** Nothing was said since the agent settled the matter. */
  readonly resolved: boolean
  /** Where its messages are told of, in place of the chatbot's own address; null for that. */
  readonly webhookUrl: string | null
}

/** A thread as lists show it. */
export interface ThreadSummary extends Thread {
  readonly messages: number
  readonly positive: number
  readonly negative: number
  /** Of the agent's own. */
  readonly answers: number
  readonly lastMessage: ThreadMessage | null
}

/** The thread does not exist with this chatbot. */
export class ThreadNotFound extends Schema.TaggedError<ThreadNotFound>()("ThreadNotFound", { threadId: DialogId }) {
  override get message(): string {
    return `thread ${this.threadId} does not exist`
  }
}

/** There is a dialog of this id already. */
export class ThreadTaken extends Schema.TaggedError<ThreadTaken>()("ThreadTaken", { threadId: DialogId }) {
  override get message(): string {
    return `thread ${this.threadId} exists already`
  }
}

/** The message does not exist in a thread of this chatbot. */
export class ThreadMessageNotFound extends Schema.TaggedError<ThreadMessageNotFound>()("ThreadMessageNotFound", {
  messageId: MessageId
}) {
  override get message(): string {
    return `message ${this.messageId} does not exist`
  }
}
