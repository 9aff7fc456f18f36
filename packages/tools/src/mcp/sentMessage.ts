import { Option, Schema } from "effect"

const Id = Schema.Union([Schema.String, Schema.Finite])

const Message = Schema.Struct({
  id: Schema.optionalKey(Id),
  method: Schema.optionalKey(Schema.String),
  params: Schema.optionalKey(Schema.Struct({ requestId: Schema.optionalKey(Id) }))
})

const decode = Schema.decodeUnknownOption(Schema.fromJsonString(Message))

/** What of a message that is sent matters to its way. */
export interface SentMessage {
  /** Of a request, which is answered under it. */
  readonly id: string | number | null
  readonly isCall: boolean
  /** The request that it takes back. */
  readonly cancels: string | number | null
}

export const sentMessage = (json: string): SentMessage => {
  const { id, method, params } = Option.getOrElse(decode(json), (): typeof Message.Type => ({}))
  return {
    id: method === undefined ? null : (id ?? null),
    isCall: method === "tools/call",
    cancels: method === "notifications/cancelled" ? (params?.requestId ?? null) : null
  }
}
