import { Schema } from "effect"
import { AgentLog } from "../agent/AgentLog.ts"
import { Channel } from "../dialog/Dialog.ts"
import { DialogId, MessageId, TurnId } from "../ids/brands.ts"

/** A file that came with a message; `size` as the caller gave it. */
export const Attachment = Schema.Struct({
  name: Schema.String,
  contentType: Schema.String,
  url: Schema.String,
  size: Schema.Finite
})
export type Attachment = typeof Attachment.Type

export const ContentType = Schema.Literals(["text", "image", "video", "audio", "file"])
export type ContentType = typeof ContentType.Type

export const SenderType = Schema.Literals(["contact", "agent", "person", "system"])
export type SenderType = typeof SenderType.Type

/** What was said in a dialog. `sequence` is gapless per dialog, from 1. */
export const Message = Schema.Struct({
  id: MessageId,
  dialogId: DialogId,
  sequence: Schema.Int,
  turnId: Schema.NullOr(TurnId),
  senderType: SenderType,
  /** Contact or agent id, or the platform's own id of a person. */
  senderId: Schema.NullOr(Schema.String),
  contentType: ContentType,
  content: Schema.String,
  /** Where the content lies when it is not text; else empty. */
  url: Schema.String,
  attachments: Schema.Array(Attachment),
  channel: Channel,
  /** Only on an agent's messages. */
  agentLogs: Schema.Array(AgentLog),
  createdAt: Schema.Date
})
export type Message = typeof Message.Type

/** A reply as the agent makes it, before it has a place in the dialog. */
export const Reply = Schema.Struct({
  id: MessageId,
  contentType: ContentType,
  content: Schema.String,
  /** Where the content lies when it is not text. */
  url: Schema.String
})
export type Reply = typeof Reply.Type
