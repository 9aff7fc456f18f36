import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto"
import { CannotDecrypt, type Cipher, type SecretPlace } from "@butler/domain"

export const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const ALGORITHM = "aes-256-gcm"

/** What was encrypted: this, the id of the key, and nonce, text and tag in base64url. */
const PREFIX = "enc:v1:"
const FORMAT = /^enc:v1:([0-9a-f]{8}):([A-Za-z0-9_-]+)$/

/** A decryption takes 4 µs, and deliveries need the same few secrets again and again. */
const KEPT = 1_000

const idOf = (key: Uint8Array): string => createHash("sha256").update(key).digest("hex").slice(0, 8)

const boundTo = ({ purpose, workspaceId }: SecretPlace): Buffer => Buffer.from(`${workspaceId}/${purpose}`)

const encryptWith = (key: Uint8Array, place: SecretPlace, secret: string): string => {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(boundTo(place))
  const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()])
  return `${PREFIX}${idOf(key)}:${Buffer.concat([nonce, text, cipher.getAuthTag()]).toString("base64url")}`
}

const decryptWith = (key: Uint8Array, place: SecretPlace, sealed: Buffer): string => {
  const nonce = sealed.subarray(0, NONCE_BYTES)
  const text = sealed.subarray(NONCE_BYTES, -TAG_BYTES)
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(boundTo(place))
    .setAuthTag(sealed.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(text), decipher.final()]).toString("utf8")
}

/** AES-256-GCM. The first key encrypts, all decrypt, so that keys can be replaced; without any, secrets stay as they are. */
export const makeCipher = (keys: ReadonlyArray<Uint8Array>): Cipher["Service"] => {
  const [current] = keys
  const byId = new Map(keys.map((key) => [idOf(key), key]))
  const kept = new Map<string, string>()

  const open = (place: SecretPlace, keyId: string, sealed: Buffer): string => {
    const key = byId.get(keyId)
    if (key === undefined) throw new CannotDecrypt({ keyId, detail: "BUTLER_ENCRYPTION_KEY does not hold it" })
    try {
      return decryptWith(key, place, sealed)
    } catch {
      throw new CannotDecrypt({ keyId, detail: "it is damaged, or belongs to another place" })
    }
  }

  return {
    hasKey: current !== undefined,
    encrypt: (place, secret) => (current === undefined ? secret : encryptWith(current, place, secret)),
    decrypt: (place, stored) => {
      const [, keyId, text] = FORMAT.exec(stored) ?? []
      if (keyId === undefined || text === undefined) return stored
      const name = `${place.workspaceId}/${place.purpose}/${stored}`
      const known = kept.get(name)
      if (known !== undefined) return known
      const secret = open(place, keyId, Buffer.from(text, "base64url"))
      if (kept.size >= KEPT) kept.clear()
      kept.set(name, secret)
      return secret
    }
  }
}
