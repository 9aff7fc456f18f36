import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject, randomBytes } from "node:crypto"

/** A public key as a JSON Web Key Set holds it. */
export interface PublicKey {
  readonly kty: "OKP"
  readonly crv: "Ed25519"
  readonly x: string
  readonly kid: string
  readonly use: "sig"
  readonly alg: "EdDSA"
}

export interface IdentityKey {
  readonly privateKey: KeyObject
  readonly publicKey: PublicKey
}

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8. */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex")

const PURPOSE = "butler tool identity"

export const makeIdentitySecret = (): string => randomBytes(32).toString("base64url")

/** The key pair that is made from a secret: the same wherever the secret is known. */
export const identityKey = (secret: string): IdentityKey => {
  const seed = Buffer.from(hkdfSync("sha256", secret, "", PURPOSE, 32))
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" })
  const { x = "" } = createPublicKey(privateKey).export({ format: "jwk" })
  const kid = createHash("sha256").update(x).digest("base64url").slice(0, 16)
  return { privateKey, publicKey: { kty: "OKP", crv: "Ed25519", x, kid, use: "sig", alg: "EdDSA" } }
}
