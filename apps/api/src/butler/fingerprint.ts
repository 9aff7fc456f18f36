import { createHash } from "node:crypto"

/** Objects with their keys in order, so that the same request in another spelling has the same digest. */
const canonical = (_key: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value

/** SHA-256 of a JSON body, in hexadecimal. */
export const fingerprintOf = (body: unknown): string =>
  createHash("sha256").update(JSON.stringify(body, canonical)).digest("hex")
