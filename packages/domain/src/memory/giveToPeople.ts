import type { HandoverRequest } from "../dialog/Handovers.ts"
import type { TurnId } from "../ids/brands.ts"
import * as Lane from "../lane/Lane.ts"
import { isEnded } from "../turn/turnStatus.ts"
import { advance } from "./advanceHead.ts"
import type { StoredDialog } from "./MemoryStore.ts"
import { postInMemory } from "./postInMemory.ts"

/** Ends all that is open, in the dialog's order, and leaves its lane empty. */
const cancelOpen = (stored: StoredDialog, finishedAt: Date): ReadonlyArray<TurnId> => {
  const open = stored.turns.filter(({ status }) => !isEnded(status))
  for (const turn of open) advance(stored, turn, "cancelled", { finishedAt })
  stored.lane = { ...Lane.idleLane, lastSeq: stored.lane.lastSeq, doneSeq: stored.lane.lastSeq }
  return open.map(({ id }) => id)
}

/** Gives a dialog to people, unless they have it; answers the turns this ended. */
export const giveToPeople = (
  stored: StoredDialog,
  { closing, dialogId, reason, workspaceId }: HandoverRequest,
  now: Date
): ReadonlyArray<TurnId> => {
  if (stored.dialog.mode === "human") return []
  const cancelled = cancelOpen(stored, now)
  stored.dialog = { ...stored.dialog, mode: "human", handover: { reason, at: now } }
  if (closing !== null) {
    const said = { sender: { type: "agent", id: null }, contentType: "text", url: "" } as const
    postInMemory(stored, { workspaceId, dialogId, ...closing, ...said }, now)
  }
  return cancelled
}
