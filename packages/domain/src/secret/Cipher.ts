import { Context, Schema } from "effect"
import type { WorkspaceId } from "../ids/brands.ts"

/** What a secret belongs to. Encrypted for one place it cannot be decrypted for another. */
export interface SecretPlace {
  readonly workspaceId: WorkspaceId
  readonly purpose: "agent" | "webhook" | "brand" | "whitelabel"
}

/** A stored secret was encrypted with a key that this process has not, or for another place, or is damaged. */
export class CannotDecrypt extends Schema.TaggedError<CannotDecrypt>()("CannotDecrypt", {
  /** Names the key it was encrypted with; the key itself cannot be told from it. */
  keyId: Schema.String,
  detail: Schema.String
}) {
  override get message(): string {
    return `a stored secret cannot be decrypted with key ${this.keyId}: ${this.detail}`
  }
}

/** Keeps secrets from those who can read the store. Synchronous: it is on the path of turns and deliveries. */
export class Cipher extends Context.Service<
  Cipher,
  {
    /** Without a key secrets are stored as they are, and credentials that would be new to the store are not to be taken. */
    readonly hasKey: boolean
    readonly encrypt: (place: SecretPlace, secret: string) => string
    /** What was stored before there was a key is answered as it is. Throws `CannotDecrypt`, a defect. */
    readonly decrypt: (place: SecretPlace, stored: string) => string
  }
>()("@butler/domain/Cipher") {}
