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
  { closing, dialogId, escalates, reason, workspaceId }: HandoverRequest,
  now: Date
): ReadonlyArray<TurnId> => {
  const given = stored.dialog.mode === "human"
  if (given && (!escalates || stored.thread.escalated)) return []
  const cancelled = given ? [] : cancelOpen(stored, now)
  const { at = now, reason: before = null } = stored.dialog.handover ?? {}
  stored.dialog = { ...stored.dialog, mode: "human", handover: { reason: reason ?? before, at } }
  if (escalates) stored.thread = { ...stored.thread, escalated: true }
  if (closing !== null) {
    const said = { sender: { type: "agent", id: null }, contentType: "text", url: "" } as const
    postInMemory(stored, { workspaceId, dialogId, ...said, ...closing }, now)
  }
  return cancelled
}
