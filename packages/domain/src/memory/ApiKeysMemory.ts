import { Clock, Effect, Layer, Option } from "effect"
import { AgentNotFound } from "../agent/Agent.ts"
import { type ApiKey, ApiKeyNotFound } from "../workspace/ApiKey.ts"
import { ApiKeys, type StoredApiKey } from "../workspace/ApiKeys.ts"
import { MemoryStore, workspaceOf } from "./MemoryStore.ts"

const withoutDigest = ({ digest: _digest, ...key }: StoredApiKey): ApiKey => key

/** Whether the API is on for the key's workspace. */
export const isOpen = ({ entitlements }: MemoryStore["Service"], { workspaceId }: ApiKey): boolean =>
  entitlements.get(workspaceId)?.features.api !== false

/** `ApiKeys` over the shared memory. */
export const ApiKeysMemory: Layer.Layer<ApiKeys, never, MemoryStore> = Layer.effect(
  ApiKeys,
  Effect.map(MemoryStore, (store) =>
    ApiKeys.of({
      find: (id) =>
        Effect.sync(() =>
          Option.map(Option.fromUndefinedOr(store.apiKeys.get(id)), (key) => ({
            ...key,
            apiEnabled: isOpen(store, key)
          }))
        ),
      insert: (key) =>
        Effect.suspend(() => {
          if (store.apiKeys.has(key.id)) throw new Error(`API key ${key.id} is taken`)
          const { agents } = workspaceOf(store, key.workspaceId)
          const { agentId } = key
          if (agentId !== null && agents.get(agentId)?.removed !== false) {
            return Effect.fail(new AgentNotFound({ agentId }))
          }
          store.apiKeys.set(key.id, key)
          return Effect.void
        }),
      list: (workspaceId) =>
        Effect.sync(() =>
          [...store.apiKeys.values()]
            .filter((key) => key.workspaceId === workspaceId)
            .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
            .map(withoutDigest)
        ),
      revoke: Effect.fnUntraced(function* (workspaceId, id) {
        const now = yield* Clock.currentTimeMillis
        const key = store.apiKeys.get(id)
        if (key?.workspaceId !== workspaceId) return yield* new ApiKeyNotFound({ apiKeyId: id })
        store.apiKeys.set(id, { ...key, revokedAt: key.revokedAt ?? new Date(now) })
      }),
      isEmpty: Effect.sync(() => store.apiKeys.size === 0)
    })
  )
)
