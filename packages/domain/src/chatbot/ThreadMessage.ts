import { Schema } from "effect"
import type { DialogId, MessageId } from "../ids/brands.ts"

/** What a visitor thinks of an answer. */
export const Reaction = Schema.Literals(["POSITIVE", "NEGATIVE", "NEUTRAL"])
export type Reaction = typeof Reaction.Type

/** Question and answer of the agent; a question left to people; what a person says; what happened to the thread. */
export const MessageType = Schema.Literals(["NORMAL_MESSAGE", "USER_MESSAGE", "AGENT_MESSAGE", "SYSTEM_MESSAGE"])
export type MessageType = typeof MessageType.Type

export const SystemMessageType = Schema.Literals([
  "CONVERSATION_ESCALATED",
  "EXCEEDED_USAGE_LIMITS",
  "EMAIL_VERIFIED",
  "ENTERED_WRONG_OTP",
  "PROVIDED_EMAIL",
  "PERSONA_SELECTED",
  "PROBLEMS_WITH_UPSTREAM_PROVIDER"
])
export type SystemMessageType = typeof SystemMessageType.Type

/** A next step that is offered with a message. */
export const MessagePrompt = Schema.Struct({
  id: Schema.String,
  title: Schema.String,
  description: Schema.String,
  link: Schema.NullOr(Schema.String)
})
export type MessagePrompt = typeof MessagePrompt.Type

/** What a message has beside what was said; most have nothing. */
export const MessageExtra = Schema.Struct({
  reaction: Schema.optionalKey(Reaction),
  iconUrl: Schema.optionalKey(Schema.String),
  agentName: Schema.optionalKey(Schema.String),
  prompts: Schema.optionalKey(Schema.Array(MessagePrompt)),
  systemMessageType: Schema.optionalKey(SystemMessageType)
})
export type MessageExtra = typeof MessageExtra.Type

/** What one side said, and when. */
export interface Said {
  readonly text: string
  readonly at: Date
}

/** An exchange of a thread: a question with its answer, or what was said alone. Its id is that of its first message. */
export interface ThreadMessage {
  readonly id: MessageId
  readonly threadId: DialogId
  readonly question: Said | null
  readonly answer: Said | null
  /** Addresses of what the answer rests on. */
  readonly sources: ReadonlyArray<string>
  readonly reaction: Reaction
  readonly messageType: MessageType
  readonly systemMessageType: SystemMessageType | null
  readonly iconUrl: string | null
  /** The person who said it, as far as it is known. */
  readonly agentId: string | null
  readonly agentName: string | null
  readonly prompts: ReadonlyArray<MessagePrompt>
}
