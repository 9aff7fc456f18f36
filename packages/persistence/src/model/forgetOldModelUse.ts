import type { Effect } from "effect"
import { sql } from "kysely"
import type { Database } from "../database/Database.ts"
import { BATCH, inBatches } from "../database/inBatches.ts"
import { query } from "../database/query.ts"
import type { SqlFailure } from "../database/SqlFailure.ts"

/** A budget looks at today alone; the rest is for who wants to know where a month's use came from. */
const KEPT_DAYS = 40

const forgetSome = query("modelUse.forget", async (db) => {
  const { rows } = await sql`
    with old as (
      select workspace_id, contact_id, day from contact_model_use
      where day < (now() at time zone 'utc')::date - ${KEPT_DAYS}::integer
      order by day
      limit ${BATCH}::integer
      for update skip locked
    )
    delete from contact_model_use u using old o
    where u.workspace_id = o.workspace_id and u.contact_id = o.contact_id and u.day = o.day
    returning 1`.execute(db)
  return rows.length
})

/** Removes what contacts' models used on days long gone, a batch at a time; months stay. To be called now and then. */
export const forgetOldModelUse: Effect.Effect<void, SqlFailure, Database> = inBatches(forgetSome)
