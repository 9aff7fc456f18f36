import { Effect, Layer } from "effect"
import { ContactNotFound } from "../contact/Contact.ts"
import type { ContactId, WorkspaceId } from "../ids/brands.ts"
import { Memories, type MemoryCursor } from "../recall/Memories.ts"
import { type Memory, MemoryNotFound } from "../recall/Memory.ts"
import { contactOf } from "./applyIdentity.ts"
import { currentDate } from "./currentDate.ts"
import { MemoryStore } from "./MemoryStore.ts"
import { rememberInMemory } from "./rememberInMemory.ts"

/** Below zero when `a` is the newer one; ids, which are numbers, decide between memories of one moment. */
const newestFirst = (a: MemoryCursor, b: MemoryCursor): number =>
  b.createdAt.getTime() - a.createdAt.getTime() || (BigInt(a.id) < BigInt(b.id) ? 1 : a.id === b.id ? 0 : -1)

/** `Memories` over the shared memory. */
export const MemoriesMemory: Layer.Layer<Memories, never, MemoryStore> = Layer.effect(
  Memories,
  Effect.map(MemoryStore, ({ workspaces }) => {
    const lookUp = (workspaceId: WorkspaceId, contactId: ContactId) => {
      const workspace = workspaces.get(workspaceId)
      const contact = workspace === undefined ? null : contactOf(workspace, contactId)
      if (workspace === undefined || contact === null) return null
      const all = workspace.memories.get(contact.id) ?? []
      const put = (memories: ReadonlyArray<Memory>) => workspace.memories.set(contact.id, memories)
      return { workspace, contact, all, put }
    }
    return Memories.of({
      list: ({ after, contactId, limit, workspaceId }) =>
        Effect.sync(() =>
          (lookUp(workspaceId, contactId)?.all ?? [])
            .filter((memory) => after === null || newestFirst(after, memory) < 0)
            .toSorted(newestFirst)
            .slice(0, limit)
        ),
      add: Effect.fnUntraced(function* (workspaceId, contactId, memory) {
        const now = yield* currentDate
        const found = lookUp(workspaceId, contactId)
        const [kept] = found === null ? [] : rememberInMemory(found.workspace, found.contact.id, [memory], now)
        return kept ?? (yield* new ContactNotFound({ contactId }))
      }),
      update: Effect.fnUntraced(function* (workspaceId, contactId, id, text) {
        const now = yield* currentDate
        const found = lookUp(workspaceId, contactId)
        const known = found?.all.find((memory) => memory.id === id)
        if (found === null || known === undefined) return yield* new MemoryNotFound({ memoryId: id })
        const changed = { ...known, text, updatedAt: now }
        found.put(found.all.map((memory) => (memory === known ? changed : memory)))
        return changed
      }),
      remove: (workspaceId, contactId, id) =>
        Effect.suspend(() => {
          const found = lookUp(workspaceId, contactId)
          const rest = found?.all.filter((memory) => memory.id !== id) ?? []
          if (found === null || rest.length === found.all.length)
            return Effect.fail(new MemoryNotFound({ memoryId: id }))
          found.put(rest)
          return Effect.void
        }),
      readThrough: (workspaceId, dialogId) =>
        Effect.sync(() => workspaces.get(workspaceId)?.dialogs.get(dialogId)?.readThrough ?? 0),
      distilled: ({ dialogId, facts, from, replaced, through, workspaceId }) =>
        Effect.map(currentDate, (now) => {
          const workspace = workspaces.get(workspaceId)
          const stored = workspace?.dialogs.get(dialogId)
          if (workspace === undefined || stored?.readThrough !== from) return false
          stored.readThrough = through
          const { contactId } = stored.dialog
          const kept = (workspace.memories.get(contactId) ?? []).filter(({ id }) => !replaced.includes(id))
          workspace.memories.set(contactId, kept)
          rememberInMemory(workspace, contactId, facts, now)
          return true
        })
    })
  })
)
