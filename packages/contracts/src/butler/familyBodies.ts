import { Schema, Struct } from "effect"
import { abides, decoder, type Rule } from "../fields/decoder.ts"
import { dialogId } from "../fields/ids.ts"
import { text } from "../fields/text.ts"
import { CompletionRequest, queryOrFiles } from "./CompletionRequest.ts"

/** The older calls wrap what they send in `body`. */
const wrapped = <S extends Schema.Top>(identifier: string, body: S) => Schema.Struct({ body }).annotate({ identifier })

const isFields = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** The rule of the request inside, with its field named from outside. */
const inside: Rule = ({ body }) => {
  const breach = isFields(body) ? queryOrFiles(body) : undefined
  return breach && { ...breach, path: `body.${breach.path}` }
}

export const ChatBody = wrapped(
  "ChatBody",
  Schema.Struct(
    Struct.pick(CompletionRequest.fields, [
      "query",
      "dialogId",
      "userId",
      "files",
      "channelType",
      "onBusy",
      "waitMs",
      "ifMissing"
    ])
  ).check(abides(queryOrFiles))
)
export type ChatBody = typeof ChatBody.Type
export const decodeChatBody = decoder(ChatBody, inside)

export const TokenBody = wrapped(
  "TokenBody",
  Schema.Struct({
    appKey: text(1, 128, { description: "The public part of an API key: `bk_<id>`, without the second `_`." }),
    appSecret: text(1, 128, { description: "The rest of the key, behind the second `_`." })
  })
)
export type TokenBody = typeof TokenBody.Type
export const decodeTokenBody = decoder(TokenBody)

const said = text(1, 32_000).check(
  Schema.makeFilter((value: string) => (value.trim() === "" ? "must not be blank" : undefined))
)

export const ChannelMessageBody = wrapped("ChannelMessageBody", Schema.Struct({ dialogId, message: said }))
export type ChannelMessageBody = typeof ChannelMessageBody.Type
export const decodeChannelMessageBody = decoder(ChannelMessageBody)

export const TransferBody = wrapped("TransferBody", Schema.Struct({ dialogId }))
export type TransferBody = typeof TransferBody.Type
export const decodeTransferBody = decoder(TransferBody)
