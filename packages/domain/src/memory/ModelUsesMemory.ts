import { Effect, Layer } from "effect"
import { addUse, type ModelUse, ModelUses, NO_USE } from "../agent/ModelUse.ts"
import type { ContactId, WorkspaceId } from "../ids/brands.ts"
import { currentDate } from "./currentDate.ts"
import { contactOf } from "./applyIdentity.ts"
import { MemoryStore } from "./MemoryStore.ts"

const dayOf = (workspaceId: WorkspaceId, contactId: ContactId | null, now: Date): string =>
  JSON.stringify([workspaceId, contactId, now.toISOString().slice(0, 10)])

const monthOf = (workspaceId: WorkspaceId, now: Date): string =>
  JSON.stringify([workspaceId, now.toISOString().slice(0, 7)])

/** Adds what a turn has used to its contact's day and its workspace's month. */
export const addUseInMemory = (
  { modelUse }: MemoryStore["Service"],
  { contactId, workspaceId }: { readonly workspaceId: WorkspaceId; readonly contactId: ContactId | null },
  use: ModelUse,
  now: Date
): void => {
  const days = contactId === null ? [] : [dayOf(workspaceId, contactId, now)]
  for (const key of [...days, monthOf(workspaceId, now)]) {
    modelUse.set(key, addUse(modelUse.get(key) ?? NO_USE, use))
  }
}

/** `ModelUses` over the shared memory. */
export const ModelUsesMemory: Layer.Layer<ModelUses, never, MemoryStore> = Layer.effect(
  ModelUses,
  Effect.map(MemoryStore, (store) => {
    const useAt = (key: string): ModelUse => store.modelUse.get(key) ?? NO_USE
    const withMerged = (workspaceId: WorkspaceId, contactId: ContactId | null): ReadonlyArray<ContactId | null> => {
      const aliases = Array.from(store.workspaces.get(workspaceId)?.aliases ?? [])
      return [contactId, ...aliases.flatMap(([alias, into]) => (into === contactId ? [alias] : []))]
    }
    return ModelUses.of({
      soFar: (workspaceId, contactId) =>
        Effect.map(currentDate, (now) => ({
          contactToday: withMerged(workspaceId, contactId)
            .map((id) => useAt(dayOf(workspaceId, id, now)))
            .reduce(addUse, NO_USE),
          workspaceThisMonth: useAt(monthOf(workspaceId, now))
        })),
      record: (workspaceId, contactId, use) =>
        Effect.map(currentDate, (now) => {
          const workspace = store.workspaces.get(workspaceId)
          const contact = workspace === undefined || contactId === null ? null : contactOf(workspace, contactId)
          addUseInMemory(store, { workspaceId, contactId: contact?.id ?? null }, use, now)
        })
    })
  })
)
