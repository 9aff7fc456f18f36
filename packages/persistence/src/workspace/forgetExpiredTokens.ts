import type { Effect } from "effect"
import { sql } from "kysely"
import type { Database } from "../database/Database.ts"
import { BATCH, inBatches } from "../database/inBatches.ts"
import { query } from "../database/query.ts"
import type { SqlFailure } from "../database/SqlFailure.ts"

const forgetSome = query("accessToken.forget", async (db) => {
  const { rows } = await sql`
    with expired as (
      select workspace_id, id from access_token
      where expires_at <= now()
      order by expires_at
      limit ${BATCH}::integer
      for update skip locked
    )
    delete from access_token t using expired e
    where t.workspace_id = e.workspace_id and t.id = e.id
    returning 1`.execute(db)
  return rows.length
})

/**
 * Removes the access tokens that have expired, a batch at a time. To be called now and then: a key's own go when it is
 * exchanged again, which it may never be.
 */
export const forgetExpiredTokens: Effect.Effect<void, SqlFailure, Database> = inBatches(forgetSome)
