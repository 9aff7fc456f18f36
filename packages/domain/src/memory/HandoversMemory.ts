import { Effect, Layer } from "effect"
import { DialogNotFound } from "../dialog/Dialog.ts"
import { Handovers } from "../dialog/Handovers.ts"
import { currentDate } from "./currentDate.ts"
import { giveToPeople } from "./giveToPeople.ts"
import { forgetProgress, MemoryStore } from "./MemoryStore.ts"

/** `Handovers` over the shared memory. */
export const HandoversMemory: Layer.Layer<Handovers, never, MemoryStore> = Layer.effect(
  Handovers,
  Effect.map(MemoryStore, (store) =>
    Handovers.of({
      handOver: Effect.fnUntraced(function* (request) {
        const now = yield* currentDate
        const workspace = store.workspaces.get(request.workspaceId)
        const stored = workspace?.dialogs.get(request.dialogId)
        if (workspace === undefined || stored === undefined) {
          return yield* new DialogNotFound({ dialogId: request.dialogId })
        }
        const cancelled = giveToPeople(stored, request, now)
        forgetProgress(store, cancelled)
        return { dialog: stored.dialog, cancelled }
      }),
      handBack: Effect.fnUntraced(function* (workspaceId, dialogId) {
        const stored = store.workspaces.get(workspaceId)?.dialogs.get(dialogId)
        if (stored === undefined) return yield* new DialogNotFound({ dialogId })
        const { dialog } = stored
        if (dialog.mode === "human") {
          stored.dialog = { ...dialog, mode: "ai", handover: null, contextStart: dialog.messageCount }
        }
        return stored.dialog
      })
    })
  )
)
