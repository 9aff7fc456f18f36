import { IDEMPOTENCY_HOURS } from "@butler/domain"
import type { Effect } from "effect"
import { sql } from "kysely"
import type { Database } from "../database/Database.ts"
import { BATCH, inBatches } from "../database/inBatches.ts"
import { query } from "../database/query.ts"
import type { SqlFailure } from "../database/SqlFailure.ts"

const forgetSome = query("turn.forgetKeys", async (db) => {
  const { rows } = await sql`
    with expired as (
      select workspace_id, route, key from idempotency_key
      where created_at < now() - ${IDEMPOTENCY_HOURS}::integer * interval '1 hour'
      order by created_at
      limit ${BATCH}::integer
      for update skip locked
    )
    delete from idempotency_key k using expired e
    where k.workspace_id = e.workspace_id and k.route = e.route and k.key = e.key
    returning 1`.execute(db)
  return rows.length
})

/** Removes the idempotency keys that stand for nothing any more, a batch at a time. To be called now and then. */
export const forgetExpiredKeys: Effect.Effect<void, SqlFailure, Database> = inBatches(forgetSome)
