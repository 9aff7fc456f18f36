import { ContentType, SenderType } from "@butler/domain"
import { Effect, Schema } from "effect"
import { AgentLogResource } from "../butler/CompletionResponse.ts"
import { decoder } from "../fields/decoder.ts"
import { IsoTime } from "../fields/isoTime.ts"
import { page, pageQuery } from "../fields/page.ts"
import { ChannelResource } from "./DialogResource.ts"

/** One entry of a dialog's record. */
export const MessageResource = Schema.Struct({
  id: Schema.String,
  dialogId: Schema.String,
  sequence: Schema.Int.annotate({ description: "Gapless per dialog, from 1." }),
  turnId: Schema.NullOr(Schema.String).annotate({ description: "The turn it asked for or answers." }),
  sender: Schema.Struct({
    type: SenderType,
    id: Schema.NullOr(Schema.String).annotate({
      description: "Contact, agent or person, by `type`; null for the system."
    })
  }),
  contentType: ContentType,
  content: Schema.String,
  url: Schema.String.annotate({ description: "Where the content lies when it is not text; else empty." }),
  attachments: Schema.Array(
    Schema.Struct({
      name: Schema.String,
      contentType: Schema.String,
      url: Schema.String,
      size: Schema.Finite
    }).annotate({
      identifier: "Attachment"
    })
  ),
  channel: ChannelResource,
  agentLogs: Schema.Array(AgentLogResource),
  createdAt: IsoTime
}).annotate({ identifier: "Message", description: "One entry of a dialog's record." })
export type MessageResource = typeof MessageResource.Type

export const MessagePage = page("MessagePage", MessageResource)
export type MessagePage = typeof MessagePage.Type

export const MessageListQuery = Schema.Struct({
  ...pageQuery,
  order: Schema.Literals(["asc", "desc"])
    .annotate({ description: "By `sequence`: oldest or newest first.", default: "asc" })
    .pipe(
      Schema.withDecodingDefaultKey(Effect.succeed("asc" as const)),
      Schema.withConstructorDefault(Effect.succeed("asc" as const))
    )
})
export type MessageListQuery = typeof MessageListQuery.Type
export const decodeMessageListQuery = decoder(MessageListQuery)
