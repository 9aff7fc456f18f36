import { Effect, Layer } from "effect"
import { TurnCheckpoints } from "../tool/TurnCheckpoints.ts"
import { LeaseLost } from "../turn/Turns.ts"
import { MemoryStore } from "./MemoryStore.ts"

/** `TurnCheckpoints` over the shared memory. */
export const TurnCheckpointsMemory: Layer.Layer<TurnCheckpoints, never, MemoryStore> = Layer.effect(
  TurnCheckpoints,
  Effect.map(MemoryStore, ({ checkpoints, workspaces }) =>
    TurnCheckpoints.of({
      read: ({ id }) =>
        Effect.sync(() => {
          const kept = checkpoints.get(id) ?? new Map<string, string>()
          return new Map(Array.from(kept, ([key, value]): [string, unknown] => [key, JSON.parse(value)]))
        }),
      write: ({ dialogId, id, lease, workspaceId }, key, value) =>
        Effect.suspend(() => {
          const lane = workspaces.get(workspaceId)?.dialogs.get(dialogId)?.lane
          if (lane?.leaseToken !== lease.token) return Effect.fail(new LeaseLost({ turnId: id }))
          const kept = checkpoints.get(id) ?? new Map<string, string>()
          checkpoints.set(id, kept.set(key, JSON.stringify(value)))
          return Effect.void
        })
    })
  )
)
