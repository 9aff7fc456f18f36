import { Layer } from "effect"
import { CannotDecrypt, Cipher, type SecretPlace } from "../secret/Cipher.ts"

const SEALED = "plain:"

const sealOf = ({ purpose, workspaceId }: SecretPlace): string => `${SEALED}${workspaceId}:${purpose}:`

/** For tests and trials: hides nothing, but holds whoever uses it to decrypting what was encrypted, for the same place. */
export const CipherPlain = Layer.succeed(Cipher, {
  hasKey: true,
  encrypt: (place, secret) => `${sealOf(place)}${secret}`,
  decrypt: (place, stored) => {
    if (!stored.startsWith(SEALED)) return stored
    const seal = sealOf(place)
    if (!stored.startsWith(seal)) throw new CannotDecrypt({ keyId: "plain", detail: "it belongs to another place" })
    return stored.slice(seal.length)
  }
})
