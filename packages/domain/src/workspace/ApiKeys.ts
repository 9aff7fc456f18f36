import { Context, type Effect, type Option } from "effect"
import type { AgentNotFound } from "../agent/Agent.ts"
import type { WorkspaceId } from "../ids/brands.ts"
import type { ApiKey, ApiKeyId, ApiKeyNotFound } from "./ApiKey.ts"

/** A key with the digest of its whole text (SHA-256, 32 bytes). */
export interface StoredApiKey extends ApiKey {
  readonly digest: Uint8Array
}

/** A key as callers are let in by it. */
export interface KnownApiKey extends ApiKey {
  /** False where the API is switched off for its workspace. */
  readonly apiEnabled: boolean
}

export class ApiKeys extends Context.Service<
  ApiKeys,
  {
    /** By the public half alone, since a caller shows nothing else; revoked and expired keys too. */
    readonly find: (id: ApiKeyId) => Effect.Effect<Option.Option<KnownApiKey & StoredApiKey>>
    readonly insert: (key: StoredApiKey) => Effect.Effect<void, AgentNotFound>
    /** Newest first. */
    readonly list: (workspaceId: WorkspaceId) => Effect.Effect<ReadonlyArray<ApiKey>>
    /** Revoking twice keeps the first time. */
    readonly revoke: (workspaceId: WorkspaceId, id: ApiKeyId) => Effect.Effect<void, ApiKeyNotFound>
    /** Whether the store has any key at all. */
    readonly isEmpty: Effect.Effect<boolean>
  }
>()("@butler/domain/ApiKeys") {}
