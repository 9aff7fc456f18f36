import { randomBytes } from "node:crypto"

const PREFIX = "whsec_"
const MIN_BYTES = 24
const MAX_BYTES = 64

/** A new signing secret of the Standard Webhooks form: `whsec_` and 32 random bytes in base64. */
export const makeSecret = (): string => PREFIX + randomBytes(32).toString("base64")

/** The key of a secret, or why it has not the form `whsec_` and base64 of 24 to 64 bytes. */
export const parseSecret = (text: string): Buffer | string => {
  if (!text.startsWith(PREFIX)) return `must begin with ${PREFIX}`
  const encoded = text.slice(PREFIX.length)
  const key = Buffer.from(encoded, "base64")
  // Buffer skips what is not base64, so only the way back tells whether all of it was.
  if (key.toString("base64").replaceAll("=", "") !== encoded.replace(/={1,2}$/, "")) {
    return `must be standard base64 after ${PREFIX}`
  }
  return key.length >= MIN_BYTES && key.length <= MAX_BYTES
    ? key
    : `must hold ${MIN_BYTES} to ${MAX_BYTES} bytes, not ${key.length}`
}
