import { createHmac } from "node:crypto"
import { parseSecret } from "./secret.ts"

/** What is signed, byte for byte as it is sent. */
export interface Signable {
  readonly id: string
  /** Seconds since the epoch. */
  readonly timestamp: number
  readonly body: string
}

const signature = (secret: string, { body, id, timestamp }: Signable): string => {
  const key = parseSecret(secret)
  // A store checks secrets on the way in; the reason never holds the secret itself.
  if (typeof key === "string") throw new Error(`a stored signing secret ${key}`)
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`
}

/**
 * The three headers of Standard Webhooks. With several secrets there is a signature for each, so that receivers may change
 * over from one to the next at a time of their own.
 */
export const signatureHeaders = (secrets: ReadonlyArray<string>, signable: Signable) => ({
  "webhook-id": signable.id,
  "webhook-timestamp": String(signable.timestamp),
  "webhook-signature": secrets.map((secret) => signature(secret, signable)).join(" ")
})
