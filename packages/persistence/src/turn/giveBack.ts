import type { RunnableTurn } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { inMillis } from "../lane/leaseColumns.ts"

/** Ends the lease without an outcome; false when it was lost. */
export const giveBack = async (db: Kysely<DB>, turn: RunnableTurn, delayMs: number): Promise<boolean> => {
  const { id, lease, workspaceId } = turn
  const { rows } = await sql`
    with lane_now as (
      update lane set lease_token = null, next_at = ${inMillis(delayMs)}
      where workspace_id = ${workspaceId}::uuid and kind = 'turn' and key = ${lease.key}
        and lease_token = ${lease.token}::bigint
      returning key
    )
    update turn t set status = 'queued'
    from lane_now
    where t.workspace_id = ${workspaceId}::uuid and t.id = ${id}::bigint
    returning t.id`.execute(db)
  return rows.length > 0
}
