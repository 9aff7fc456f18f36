import {
  type Acceptance,
  type Accepted,
  type AcceptedStatus,
  DialogBusy,
  type DialogId,
  type Placement,
  planBusy,
  StaleResolution,
  type TurnId
} from "@butler/domain"
import { Effect } from "effect"
import type { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import type { SqlFailure } from "../database/SqlFailure.ts"
import { transaction } from "../database/transaction.ts"
import { accept, type AcceptedRow } from "./accept.ts"
import { lockLane, openTurns, supersede } from "./openTurns.ts"
import type { Order } from "./placed.ts"

export interface Stored {
  readonly accepted: Accepted
  /** Whether there is something to send, now that it is committed. */
  readonly owes: boolean
}

interface Past {
  readonly superseded: ReadonlyArray<TurnId>
  readonly earlierQueries: ReadonlyArray<string>
}

const NOTHING: Past = { superseded: [], earlierQueries: [] }

export const staleOf = (placement: Placement): StaleResolution =>
  new StaleResolution({ dialogId: placement._tag === "ExistingDialog" ? placement.dialogId : placement.dialog.id })

const statusOf = ({ closed, leased }: AcceptedRow, answeredBy: TurnId | null): AcceptedStatus => {
  if (answeredBy !== null) return "coalesced"
  if (closed) return "completed"
  return leased ? "running" : "queued"
}

const store = Effect.fnUntraced(function* (
  acceptance: Acceptance,
  order: Order,
  answeredBy: TurnId | null,
  past: Past
): Effect.fn.Return<Stored, StaleResolution | SqlFailure, Database> {
  const { lease: terms, placement, workspaceId } = acceptance
  const row = yield* query("turn.accept", (db) => accept(db, acceptance, order, answeredBy))
  if (row === undefined) {
    return yield* staleOf(placement)
  }
  const { contact_id: contactId, created_at: acceptedAt, dialog_id: dialogId, leased, seq } = row
  const status = statusOf(row, answeredBy)
  const lease = leased && terms !== null ? { workspaceId, key: dialogId, seq, token: terms.token } : null
  return { accepted: { contactId, dialogId, status, lease, answeredBy, acceptedAt, ...past }, owes: row.owes }
})

/** The rare way: what becomes of the turn depends on those that are open, so the lane is held still first. */
const planned = (acceptance: Acceptance, dialogId: DialogId) => {
  const { onBusy, turnId, workspaceId } = acceptance
  return transaction(
    Effect.gen(function* () {
      yield* query("turn.lockLane", (db) => lockLane(db, workspaceId, dialogId))
      const open = yield* query("turn.open", (db) => openTurns(db, workspaceId, dialogId))
      const plan = planBusy(onBusy, open)
      switch (plan._tag) {
        case "Append":
          return yield* store(acceptance, "append", null, NOTHING)
        case "Join":
          return yield* store(acceptance, "join", plan.turnId, NOTHING)
        case "Supersede": {
          const superseded = plan.turnIds
          const { owes, queries } = yield* query("turn.supersede", (db) =>
            supersede(db, workspaceId, dialogId, superseded, turnId)
          )
          const stored = yield* store(acceptance, "supersede", null, { superseded, earlierQueries: queries })
          return { ...stored, owes: stored.owes || owes }
        }
        case "Refuse":
          return yield* new DialogBusy({ dialogId })
      }
    })
  )
}

/** Stores a turn in its dialog's order: in one statement, unless the caller asks for more than a place in line. */
export const acceptInOrder = (
  acceptance: Acceptance
): Effect.Effect<Stored, StaleResolution | DialogBusy | SqlFailure, Database> =>
  acceptance.onBusy === "enqueue" || acceptance.placement._tag !== "ExistingDialog"
    ? store(acceptance, "append", null, NOTHING)
    : planned(acceptance, acceptance.placement.dialogId)
