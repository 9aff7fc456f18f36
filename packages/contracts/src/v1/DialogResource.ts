import { DialogMode } from "@butler/domain"
import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { contactId, dialogId, userId } from "../fields/ids.ts"
import { IsoTime } from "../fields/isoTime.ts"
import { page, pageQuery } from "../fields/page.ts"

export const ChannelResource = Schema.Struct({
  type: Schema.String,
  proxy: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "Channel", examples: [{ type: "WECHAT", proxy: "CHATLY" }] })

/** A contact's long-lived session. */
export const DialogResource = Schema.Struct({
  id: Schema.String,
  contactId: Schema.String,
  userId: Schema.NullOr(Schema.String).annotate({
    description: "Your own id of the contact; null for an anonymous one."
  }),
  agentId: Schema.String.annotate({ description: "The agent it was begun with." }),
  channel: ChannelResource,
  mode: DialogMode.annotate({
    description: "Who replies: the agent (`ai`) or, after a hand-over, a person (`human`)."
  }),
  handover: Schema.NullOr(
    Schema.Struct({ reason: Schema.NullOr(Schema.String), at: IsoTime }).annotate({ identifier: "Handover" })
  ).annotate({ description: "Why and when people took over; null while `mode` is `ai`." }),
  sessionId: Schema.String.annotate({ description: "Stable for the dialog." }),
  conversationId: Schema.String.annotate({
    description: "The current round of service; another one after the dialog is resolved."
  }),
  messageCount: Schema.Int,
  createdAt: IsoTime,
  lastActiveAt: IsoTime
}).annotate({ identifier: "Dialog", description: "A contact's long-lived session." })
export type DialogResource = typeof DialogResource.Type

export const DialogPage = page("DialogPage", DialogResource)
export type DialogPage = typeof DialogPage.Type

export const DialogParams = Schema.Struct({ dialogId })
export const decodeDialogParams = decoder(DialogParams)

export const DialogListQuery = Schema.Struct({
  ...pageQuery,
  contactId: Schema.optionalKey(contactId),
  userId: Schema.optionalKey(userId)
})
export type DialogListQuery = typeof DialogListQuery.Type
export const decodeDialogListQuery = decoder(DialogListQuery)
