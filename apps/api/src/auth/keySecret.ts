import { createHash, randomBytes, randomInt, timingSafeEqual } from "node:crypto"
import { ApiKeyId } from "@butler/domain"

const BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
const ID_LENGTH = 16
const SECRET_BYTES = 32

/** A new key's public half and its whole text, `bk_<id>_<secret>`, with 256 random bits in the secret. */
export const generateKey = (): { readonly id: ApiKeyId; readonly text: string } => {
  const id = ApiKeyId.make(Array.from({ length: ID_LENGTH }, () => BASE36[randomInt(BASE36.length)]).join(""))
  return { id, text: `bk_${id}_${randomBytes(SECRET_BYTES).toString("base64url")}` }
}

/** What is stored of a key. A secret of 256 random bits needs no slow hash. */
export const digestOf = (text: string): Uint8Array => createHash("sha256").update(text).digest()

/** Compares in a time that does not tell how much of the key was right. */
export const matches = (text: string, digest: Uint8Array): boolean => {
  const given = digestOf(text)
  return given.byteLength === digest.byteLength && timingSafeEqual(given, digest)
}
