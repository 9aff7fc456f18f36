import { DialogMode } from "@butler/domain"
import { Schema } from "effect"
import { AgentLogResource } from "./CompletionResponse.ts"

/** The envelope of the older calls: what is answered lies in `data.entity`. */
const reply = <const Fields extends Schema.Struct.Fields>(identifier: string, fields: Fields) =>
  Schema.Struct({
    code: Schema.Literal(200),
    message: Schema.Literal("success"),
    data: Schema.Struct({ entity: Schema.Struct(fields) })
  }).annotate({ identifier })

/** The answer to a whole turn as one text. */
export const ChatReply = reply("ChatReply", {
  content: Schema.String.annotate({
    description:
      "All replies, a line each, files as their URLs; empty when there is none, as while people have the dialog."
  }),
  dialogId: Schema.String,
  agentLogs: Schema.Array(AgentLogResource)
})
export type ChatReply = typeof ChatReply.Type

export const TokenReply = reply("TokenReply", {
  accessToken: Schema.String,
  accessTokenExpireIn: Schema.Int.annotate({ description: "In how many seconds it expires." })
})
export type TokenReply = typeof TokenReply.Type

export const ChannelMessageReply = reply("ChannelMessageReply", { dialogId: Schema.String, messageId: Schema.String })
export type ChannelMessageReply = typeof ChannelMessageReply.Type

export const TransferReply = reply("TransferReply", { dialogId: Schema.String, mode: DialogMode })
export type TransferReply = typeof TransferReply.Type

/** The envelope around what is answered. */
export const entityReply = <Entity>(entity: Entity) => ({ code: 200, message: "success", data: { entity } }) as const
