import { Context, type Effect, type Option } from "effect"
import type { AccessTokenId } from "./AccessToken.ts"
import type { ApiKeyId } from "./ApiKey.ts"
import type { KnownApiKey } from "./ApiKeys.ts"
import type { WorkspaceId } from "../ids/brands.ts"

/** A token with the digest of its whole text (SHA-256, 32 bytes); the text itself is kept nowhere. */
export interface StoredAccessToken {
  readonly id: AccessTokenId
  readonly workspaceId: WorkspaceId
  readonly apiKeyId: ApiKeyId
  readonly digest: Uint8Array
  readonly expiresAt: Date
}

/** Tokens that keys are exchanged for. A token is nothing without its key: it may what that may, as long as that may. */
export class AccessTokens extends Context.Service<
  AccessTokens,
  {
    /** Stores a token, and forgets those of the same key that have expired. */
    readonly insert: (token: StoredAccessToken) => Effect.Effect<void>
    /** The token and its key as that is now; expired tokens and revoked keys too. */
    readonly find: (
      id: AccessTokenId
    ) => Effect.Effect<Option.Option<{ readonly token: StoredAccessToken; readonly key: KnownApiKey }>>
  }
>()("@butler/domain/AccessTokens") {}
