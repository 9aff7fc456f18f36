import { Clock, Effect, Layer, Option } from "effect"
import { AccessTokens } from "../workspace/AccessTokens.ts"
import { isOpen } from "./ApiKeysMemory.ts"
import { MemoryStore } from "./MemoryStore.ts"

/** `AccessTokens` over the shared memory. */
export const AccessTokensMemory: Layer.Layer<AccessTokens, never, MemoryStore> = Layer.effect(
  AccessTokens,
  Effect.map(MemoryStore, (store) => {
    const { accessTokens, apiKeys } = store
    return AccessTokens.of({
      insert: (token) =>
        Effect.map(Clock.currentTimeMillis, (now) => {
          for (const { apiKeyId, expiresAt, id } of accessTokens.values()) {
            if (apiKeyId === token.apiKeyId && expiresAt.getTime() <= now) accessTokens.delete(id)
          }
          accessTokens.set(token.id, token)
        }),
      find: (id) =>
        Effect.sync(() => {
          const token = accessTokens.get(id)
          const stored = token && apiKeys.get(token.apiKeyId)
          if (token === undefined || stored === undefined) return Option.none()
          const { digest: _digest, ...key } = stored
          return Option.some({ token, key: { ...key, apiEnabled: isOpen(store, key) } })
        })
    })
  })
)
