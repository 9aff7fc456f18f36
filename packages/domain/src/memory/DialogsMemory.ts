import { Effect, Layer, Option } from "effect"
import type { Dialog } from "../dialog/Dialog.ts"
import { type DialogCursor, Dialogs } from "../dialog/Dialogs.ts"
import { MemoryStore } from "./MemoryStore.ts"

/** Below zero when `a` is the newer one; ids decide between dialogs of one moment. */
const newestFirst = (a: DialogCursor, b: DialogCursor): number =>
  b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)

/** `Dialogs` over the shared memory. */
export const DialogsMemory: Layer.Layer<Dialogs, never, MemoryStore> = Layer.effect(
  Dialogs,
  Effect.map(MemoryStore, (store) =>
    Dialogs.of({
      find: (workspaceId, dialogId) =>
        Effect.sync(() => Option.fromUndefinedOr(store.workspaces.get(workspaceId)?.dialogs.get(dialogId)?.dialog)),
      list: ({ after, contactId, limit, userId, workspaceId }) =>
        Effect.sync((): ReadonlyArray<Dialog> => {
          const workspace = store.workspaces.get(workspaceId)
          const stored = workspace?.dialogs.values() ?? []
          const named = contactId === null ? null : (workspace?.aliases.get(contactId) ?? contactId)
          return Array.from(stored, ({ dialog }) => dialog)
            .filter((dialog) => named === null || dialog.contactId === named)
            .filter((dialog) => userId === null || dialog.userId === userId)
            .filter((dialog) => after === null || newestFirst(after, dialog) < 0)
            .toSorted(newestFirst)
            .slice(0, limit)
        }),
      messages: ({ after, dialogId, limit, order, workspaceId }) =>
        Effect.sync(() => {
          const messages = store.workspaces.get(workspaceId)?.dialogs.get(dialogId)?.messages ?? []
          return order === "asc"
            ? messages.slice(after ?? 0, (after ?? 0) + limit)
            : messages
                .slice(0, after === null ? messages.length : Math.max(0, after - 1))
                .toReversed()
                .slice(0, limit)
        })
    })
  )
)
