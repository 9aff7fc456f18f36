import { Effect, Layer } from "effect"
import { IdentitySecrets } from "../tool/IdentitySecrets.ts"
import { MemoryStore } from "./MemoryStore.ts"

/** `IdentitySecrets` over the shared memory. */
export const IdentitySecretsMemory: Layer.Layer<IdentitySecrets, never, MemoryStore> = Layer.effect(
  IdentitySecrets,
  Effect.map(MemoryStore, ({ identitySecrets }) =>
    IdentitySecrets.of({
      get: (workspaceId, candidate) =>
        Effect.sync(() => {
          const secret = identitySecrets.get(workspaceId) ?? candidate
          identitySecrets.set(workspaceId, secret)
          return secret
        })
    })
  )
)
