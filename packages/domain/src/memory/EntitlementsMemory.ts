import { Effect, Layer, Option } from "effect"
import { Entitlements } from "../whitelabel/Entitlement.ts"
import { MemoryStore } from "./MemoryStore.ts"

/** `Entitlements` over the shared memory. */
export const EntitlementsMemory: Layer.Layer<Entitlements, never, MemoryStore> = Layer.effect(
  Entitlements,
  Effect.map(MemoryStore, ({ entitlements }) =>
    Entitlements.of({
      find: (workspaceId) =>
        Effect.sync(() =>
          Option.map(
            Option.fromUndefinedOr(entitlements.get(workspaceId)),
            ({ messages: _messages, month: _month, ...entitlement }) => entitlement
          )
        )
    })
  )
)
