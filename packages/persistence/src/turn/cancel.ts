import { type DialogId, isEnded, type TurnId, TurnNotFound, type TurnStatus, type WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { type Kysely, sql } from "kysely"
import { query } from "../database/query.ts"
import type { DB } from "../database/tables.ts"
import { transaction } from "../database/transaction.ts"
import { dropHead } from "../lane/dropHead.ts"
import { lockLane } from "./openTurns.ts"
import { tellCancelled } from "./tellCancelled.ts"

interface Place {
  readonly dialog_id: DialogId
  readonly status: TurnStatus
}

const placeOf = async (db: Kysely<DB>, workspaceId: WorkspaceId, turnId: TurnId): Promise<Place | undefined> => {
  const { rows } = await sql<Place>`
    select dialog_id, status from turn where workspace_id = ${workspaceId}::uuid and id = ${turnId}::bigint`.execute(db)
  return rows[0]
}

const markCancelled = (db: Kysely<DB>, workspaceId: WorkspaceId, turnId: TurnId) =>
  sql`
    with turn_now as (
      update turn set status = 'cancelled', finished_at = clock_timestamp()
      where workspace_id = ${workspaceId}::uuid and id = ${turnId}::bigint
      returning dialog_id
    ),
    progress_now as (
      delete from turn_progress where workspace_id = ${workspaceId}::uuid and turn_id = ${turnId}::bigint
    ),
    dialog_now as (
      update dialog d set event_count = event_count + 1
      from turn_now t
      where d.workspace_id = ${workspaceId}::uuid and d.id = t.dialog_id
      returning d.id, d.event_count
    )
    insert into dialog_event (workspace_id, dialog_id, seq, type, payload)
    select ${workspaceId}::uuid, d.id, d.event_count, 'turn.cancelled', jsonb_build_object('turnId', ${turnId}::text)
    from dialog_now d`.execute(db)

/**
 * Ends an open turn. A running one leaves its lane, whoever holds it; a waiting one is passed over when it is its turn. True
 * when there is something to send.
 */
export const cancel = (workspaceId: WorkspaceId, turnId: TurnId) =>
  transaction(
    Effect.gen(function* () {
      const found = yield* query("turn.place", (db) => placeOf(db, workspaceId, turnId))
      if (found === undefined) return yield* new TurnNotFound({ turnId })
      yield* query("turn.lockLane", (db) => lockLane(db, workspaceId, found.dialog_id))
      const now = yield* query("turn.place", (db) => placeOf(db, workspaceId, turnId))
      if (now === undefined || isEnded(now.status)) return false
      yield* query("turn.cancel", (db) => markCancelled(db, workspaceId, turnId))
      if (now.status === "running") {
        const lane = { workspaceId, key: now.dialog_id, token: null }
        yield* query("lane.dropHead", (db) => dropHead(db, "turn", lane))
      }
      return yield* query("turn.tellCancelled", (db) => tellCancelled(db, workspaceId, [turnId]))
    })
  )
