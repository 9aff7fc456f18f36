import { Effect, Layer } from "effect"
import { DialogId } from "../ids/brands.ts"
import { type ToldProgress, TurnProgressLog } from "../turn/progress.ts"
import { MemoryStore } from "./MemoryStore.ts"

/** `TurnProgressLog` over the shared memory. */
export const TurnProgressLogMemory: Layer.Layer<TurnProgressLog, never, MemoryStore> = Layer.effect(
  TurnProgressLog,
  Effect.map(MemoryStore, ({ progress, workspaces }) => {
    const isHeld = ({ key, token, workspaceId }: ToldProgress["lease"]): boolean =>
      workspaces.get(workspaceId)?.dialogs.get(DialogId.make(key))?.lane.leaseToken === token
    return TurnProgressLog.of({
      append: (told) =>
        Effect.sync(() => {
          for (const { events, turnId } of told.filter(({ lease }) => isHeld(lease))) {
            const before = progress.get(turnId) ?? []
            const written = new Set(before.map(({ n }) => n))
            progress.set(turnId, [...before, ...events.filter(({ n }) => !written.has(n))])
          }
        }),
      after: (workspaceId, turnId, n) =>
        Effect.sync(() =>
          workspaces.get(workspaceId)?.dialogOfTurn.has(turnId) === true
            ? (progress.get(turnId) ?? []).filter((event) => event.n > n)
            : []
        )
    })
  })
)
