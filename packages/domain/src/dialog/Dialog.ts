import { Schema } from "effect"
import { AgentId, ContactId, Cuid, DialogId, UserId } from "../ids/brands.ts"

/** Where a message came from, in the caller's own words: open strings, upper snake case. */
export const Channel = Schema.Struct({
  type: Schema.String,
  proxy: Schema.optionalKey(Schema.String)
})
export type Channel = typeof Channel.Type

export const API_CHANNEL: Channel = { type: "API" }

/** Who replies: the agent, or a person after a hand-over. */
export const DialogMode = Schema.Literals(["ai", "human"])
export type DialogMode = typeof DialogMode.Type

/** Why and when a dialog was given to people. */
export const Handover = Schema.Struct({ reason: Schema.NullOr(Schema.String), at: Schema.Date })
export type Handover = typeof Handover.Type

/**
 * The long-lived session of a contact. `sessionId` is stable; `conversationId` names the current service round, which
 * rolls over when the dialog is resolved (contract 1.2).
 */
export const Dialog = Schema.Struct({
  id: DialogId,
  contactId: ContactId,
  userId: Schema.NullOr(UserId),
  /** The agent it was begun with. */
  agentId: AgentId,
  channel: Channel,
  mode: DialogMode,
  /** Set while the mode is `human`. */
  handover: Schema.NullOr(Handover),
  /** The agent's context begins behind the message of this sequence: the last one before people gave the dialog back. */
  contextStart: Schema.Int,
  channelId: Cuid,
  sessionId: Cuid,
  conversationId: Cuid,
  messageCount: Schema.Int,
  createdAt: Schema.Date,
  lastActiveAt: Schema.Date
})
export type Dialog = typeof Dialog.Type

/** What a dialog made here begins with. */
export type DialogSeed = Pick<Dialog, "id" | "channelId" | "sessionId" | "conversationId">

/** The dialog does not exist in this workspace. */
export class DialogNotFound extends Schema.TaggedError<DialogNotFound>()("DialogNotFound", { dialogId: DialogId }) {
  override get message(): string {
    return `dialog ${this.dialogId} does not exist`
  }
}

/** The dialog belongs to another contact than the one `userId` names. */
export class DialogContactMismatch extends Schema.TaggedError<DialogContactMismatch>()("DialogContactMismatch", {
  dialogId: DialogId,
  userId: UserId
}) {
  override get message(): string {
    return `dialog ${this.dialogId} does not belong to user ${this.userId}`
  }
}
