import { Effect, Layer } from "effect"
import { TurnProgressLog } from "../turn/progress.ts"
import { MemoryStore } from "./MemoryStore.ts"

/** `TurnProgressLog` over the shared memory. */
export const TurnProgressLogMemory: Layer.Layer<TurnProgressLog, never, MemoryStore> = Layer.effect(
  TurnProgressLog,
  Effect.map(MemoryStore, ({ progress }) =>
    TurnProgressLog.of({
      append: (_workspaceId, turnId, events) =>
        Effect.sync(() => {
          progress.set(turnId, [...(progress.get(turnId) ?? []), ...events])
        }),
      after: (_workspaceId, turnId, n) => Effect.sync(() => (progress.get(turnId) ?? []).filter((event) => event.n > n))
    })
  )
)
