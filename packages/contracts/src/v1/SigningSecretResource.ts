import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { IsoTime } from "../fields/isoTime.ts"
import { whole } from "../fields/numbers.ts"
import { text } from "../fields/text.ts"
import { optional, orElse } from "../fields/unset.ts"

const DEFAULT_OVERLAP_HOURS = 24
const MAX_OVERLAP_HOURS = 168

const secret = Schema.String.annotate({ examples: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"] })

export const SigningSecretResource = Schema.Struct({
  secret: secret.annotate({ description: "The one to verify signatures with." }),
  createdAt: IsoTime,
  previous: Schema.Array(Schema.Struct({ secret, expiresAt: IsoTime })).annotate({
    description: "Those before it that still sign every request beside it, newest first."
  })
}).annotate({ identifier: "SigningSecret", description: "A signing secret of Standard Webhooks." })
export type SigningSecretResource = typeof SigningSecretResource.Type

export const SecretRotation = Schema.Struct({
  secret: optional(text(1, 128, { format: "password" }), {
    description: "A secret of your own: `whsec_` and base64 of 24 to 64 bytes. Without it one is made."
  }),
  overlapHours: orElse(whole(0, MAX_OVERLAP_HOURS), DEFAULT_OVERLAP_HOURS, {
    description: "How long the secret before stays valid beside the new one, up to 7 days."
  })
}).annotate({ identifier: "SecretRotation" })
export type SecretRotation = typeof SecretRotation.Type
export const decodeSecretRotation = decoder(SecretRotation)
