import { Effect, Layer } from "effect"
import { addUse, type ModelUse, ModelUses, NO_USE } from "../agent/ModelUse.ts"
import type { ContactId, WorkspaceId } from "../ids/brands.ts"
import { currentDate } from "./currentDate.ts"
import { MemoryStore } from "./MemoryStore.ts"

const dayOf = (workspaceId: WorkspaceId, contactId: ContactId | null, now: Date): string =>
  JSON.stringify([workspaceId, contactId, now.toISOString().slice(0, 10)])

const monthOf = (workspaceId: WorkspaceId, now: Date): string =>
  JSON.stringify([workspaceId, now.toISOString().slice(0, 7)])

/** Adds what a turn has used to its contact's day and its workspace's month. */
export const addUseInMemory = (
  { modelUse }: MemoryStore["Service"],
  { contactId, workspaceId }: { readonly workspaceId: WorkspaceId; readonly contactId: ContactId },
  use: ModelUse,
  now: Date
): void => {
  for (const key of [dayOf(workspaceId, contactId, now), monthOf(workspaceId, now)]) {
    modelUse.set(key, addUse(modelUse.get(key) ?? NO_USE, use))
  }
}

/** `ModelUses` over the shared memory. */
export const ModelUsesMemory: Layer.Layer<ModelUses, never, MemoryStore> = Layer.effect(
  ModelUses,
  Effect.map(MemoryStore, ({ modelUse }) =>
    ModelUses.of({
      soFar: (workspaceId, contactId) =>
        Effect.map(currentDate, (now) => ({
          contactToday: modelUse.get(dayOf(workspaceId, contactId, now)) ?? NO_USE,
          workspaceThisMonth: modelUse.get(monthOf(workspaceId, now)) ?? NO_USE
        }))
    })
  )
)
