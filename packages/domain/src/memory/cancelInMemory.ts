import * as Lane from "../lane/Lane.ts"
import type { Turn } from "../turn/Turn.ts"
import { isEnded } from "../turn/turnStatus.ts"
import { advance } from "./advanceHead.ts"
import type { StoredDialog } from "./MemoryStore.ts"

/** Ends an open turn. A running one leaves the lane, so that its worker's lease is gone; a waiting one is passed over later. */
export const cancelInMemory = (stored: StoredDialog, turn: Turn, now: Date): Turn => {
  if (isEnded(turn.status)) return turn
  const cancelled = advance(stored, turn, "cancelled", { finishedAt: now })
  if (turn.status === "running") stored.lane = Lane.dropHead(stored.lane, now.getTime())
  return cancelled
}
