import { AgentParams, ContactParams, DialogParams, MemoryParams } from "@butler/contracts"
import { DocumentCursor, SourceCursor, UnansweredCursor } from "@butler/domain"
import { Effect, Schema } from "effect"
import { Refused } from "../http/Refused.ts"

const message = "must be a nextCursor this list has answered with"

const INVALID = new Refused({
  code: "invalid_request",
  detail: `cursor ${message}`,
  issues: [{ path: "cursor", message }]
})

/** JSON in base64url: opaque to callers, and never trusted when it comes back. */
const cursor = <A, I>(schema: Schema.Codec<A, I>) => {
  const json = Schema.fromJsonString(schema)
  const decode = Schema.decodeUnknownEffect(json)
  const encode = Schema.encodeSync(json)
  return {
    encode: (place: A): string => Buffer.from(encode(place)).toString("base64url"),
    decode: (text: string | undefined): Effect.Effect<A | null, Refused> =>
      text === undefined
        ? Effect.succeed(null)
        : Effect.mapError(decode(Buffer.from(text, "base64url").toString()), () => INVALID)
  }
}

/** 9999-12-31: PostgreSQL reads no later time from ISO-8601. */
const MAX_MILLIS = 253_402_300_799_999
const MAX_SEQUENCE = 2_147_483_647

const millis = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: MAX_MILLIS }))

export const dialogCursor = cursor(Schema.Struct({ at: millis, id: DialogParams.fields.dialogId }))
export const agentCursor = cursor(AgentParams.fields.agentId)
export const agentVersionCursor = cursor(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: MAX_SEQUENCE })))
export const contactCursor = cursor(Schema.Struct({ at: millis, id: ContactParams.fields.contactId }))
export const memoryCursor = cursor(Schema.Struct({ at: millis, id: MemoryParams.fields.memoryId }))
export const messageCursor = cursor(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: MAX_SEQUENCE })))
const digits = Schema.String.check(Schema.isPattern(/^\d{1,18}$/))

export const deliveryCursor = cursor(Schema.Struct({ at: millis, position: digits }))
export const eventCursor = cursor(Schema.Struct({ transaction: digits, position: digits }))
export const documentCursor = cursor(DocumentCursor)
export const sourceCursor = cursor(SourceCursor)
export const unansweredCursor = cursor(UnansweredCursor)
