import { createHash, randomBytes, randomInt, timingSafeEqual } from "node:crypto"
import { AccessTokenId, ApiKeyId } from "@butler/domain"

const BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
const ID_LENGTH = 16
const SECRET_BYTES = 32

const newId = (): string => Array.from({ length: ID_LENGTH }, () => BASE36[randomInt(BASE36.length)]).join("")

const newSecret = (): string => randomBytes(SECRET_BYTES).toString("base64url")

/** A new key's public half and its whole text, `bk_<id>_<secret>`, with 256 random bits in the secret. */
export const generateKey = (): { readonly id: ApiKeyId; readonly text: string } => {
  const id = ApiKeyId.make(newId())
  return { id, text: `bk_${id}_${newSecret()}` }
}

/** A new access token's, alike: `bt_<id>_<secret>`. */
export const generateToken = (): { readonly id: AccessTokenId; readonly text: string } => {
  const id = AccessTokenId.make(newId())
  return { id, text: `bt_${id}_${newSecret()}` }
}

/** What is stored of a key. A secret of 256 random bits needs no slow hash. */
export const digestOf = (text: string): Uint8Array => createHash("sha256").update(text).digest()

/** Compares in a time that does not tell how much of the key was right. */
export const matches = (text: string, digest: Uint8Array): boolean => {
  const given = digestOf(text)
  return given.byteLength === digest.byteLength && timingSafeEqual(given, digest)
}
