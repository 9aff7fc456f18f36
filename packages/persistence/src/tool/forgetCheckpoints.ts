import type { Effect } from "effect"
import { sql } from "kysely"
import type { Database } from "../database/Database.ts"
import { BATCH, inBatches } from "../database/inBatches.ts"
import { query } from "../database/query.ts"
import type { SqlFailure } from "../database/SqlFailure.ts"

/** No turn is still at work on what it did so long ago. */
const KEPT_HOURS = 24

const forgetSome = query("turnCheckpoint.forget", async (db) => {
  const { rows } = await sql`
    with old as (
      select workspace_id, turn_id, key from turn_checkpoint
      where created_at < now() - ${KEPT_HOURS}::integer * interval '1 hour'
      order by created_at
      limit ${BATCH}::integer
      for update skip locked
    )
    delete from turn_checkpoint c using old o
    where c.workspace_id = o.workspace_id and c.turn_id = o.turn_id and c.key = o.key
    returning 1`.execute(db)
  return rows.length
})

/** Removes what turns that were stopped before their end have left, a batch at a time. To be called now and then. */
export const forgetCheckpoints: Effect.Effect<void, SqlFailure, Database> = inBatches(forgetSome)
