import { Effect, Layer } from "effect"
import { DialogNotFound } from "../dialog/Dialog.ts"
import { Handovers, type HandoverRequest } from "../dialog/Handovers.ts"
import type { TurnId } from "../ids/brands.ts"
import * as Lane from "../lane/Lane.ts"
import { isEnded } from "../turn/turnStatus.ts"
import { advance } from "./advanceHead.ts"
import { currentDate } from "./currentDate.ts"
import { MemoryStore, type StoredDialog, type StoredWorkspace } from "./MemoryStore.ts"
import { postInMemory } from "./postInMemory.ts"

/** Ends all that is open, in the dialog's order, and leaves its lane empty. */
const cancelOpen = (stored: StoredDialog, finishedAt: Date): ReadonlyArray<TurnId> => {
  const open = stored.turns.filter(({ status }) => !isEnded(status))
  for (const turn of open) advance(stored, turn, "cancelled", { finishedAt })
  stored.lane = { ...Lane.idleLane, lastSeq: stored.lane.lastSeq, doneSeq: stored.lane.lastSeq }
  return open.map(({ id }) => id)
}

const give = (
  workspace: StoredWorkspace,
  stored: StoredDialog,
  { closing, dialogId, reason, workspaceId }: HandoverRequest,
  now: Date
): ReadonlyArray<TurnId> => {
  if (stored.dialog.mode === "human") return []
  const cancelled = cancelOpen(stored, now)
  stored.dialog = { ...stored.dialog, mode: "human", handover: { reason, at: now } }
  if (closing !== null) {
    const said = { sender: { type: "agent", id: null }, contentType: "text", url: "" } as const
    postInMemory(workspace, stored, { workspaceId, dialogId, ...closing, ...said }, now)
  }
  return cancelled
}

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
        const cancelled = give(workspace, stored, request, now)
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
