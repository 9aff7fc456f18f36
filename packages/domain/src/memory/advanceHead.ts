import { Result } from "effect"
import type { Turn } from "../turn/Turn.ts"
import { transition, type TurnStatus } from "../turn/turnStatus.ts"
import type { StoredDialog } from "./MemoryStore.ts"

/** The turn at the lane's head. */
export const headOf = (stored: StoredDialog): Turn => {
  const sequence = stored.lane.doneSeq + 1
  const head = stored.turns.find((turn) => turn.sequence === sequence)
  if (head === undefined) throw new Error(`dialog ${stored.dialog.id} has no turn ${sequence}`)
  return head
}

/** Takes a turn to another status. */
export const advance = (stored: StoredDialog, from: Turn, to: TurnStatus, change: Partial<Turn> = {}): Turn => {
  const status = Result.getOrThrow(transition(from.status, to))
  const turn = { ...from, ...change, status }
  stored.turns[stored.turns.indexOf(from)] = turn
  return turn
}

/** Takes the dialog's head turn to another status. Called while the lane still has it as its head. */
export const advanceHead = (
  stored: StoredDialog,
  to: TurnStatus,
  change: (turn: Turn) => Partial<Turn> = () => ({})
): Turn => {
  const head = headOf(stored)
  return advance(stored, head, to, change(head))
}
