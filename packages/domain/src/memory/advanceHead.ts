import { Result } from "effect"
import type { Turn } from "../turn/Turn.ts"
import { transition, type TurnStatus } from "../turn/turnStatus.ts"
import type { StoredDialog } from "./MemoryStore.ts"

/** Takes the dialog's head turn to another status. Called while the lane still has it as its head. */
export const advanceHead = (
  stored: StoredDialog,
  to: TurnStatus,
  change: (turn: Turn) => Partial<Turn> = () => ({})
): Turn => {
  const index = stored.lane.doneSeq
  const head = stored.turns[index]
  if (head === undefined) throw new Error(`dialog ${stored.dialog.id} has no turn ${index + 1}`)
  const status = Result.getOrThrow(transition(head.status, to))
  const turn = { ...head, ...change(head), status }
  stored.turns[index] = turn
  return turn
}
