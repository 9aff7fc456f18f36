import { Effect } from "effect"
import { sql } from "kysely"
import type { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import type { SqlFailure } from "../database/SqlFailure.ts"

/**
 * Makes all leased work due at once. Only for a database that one process owns, at its start: whoever held a lease is dead
 * then, and its dialogs need not wait for the lease to run out.
 */
export const releaseLeases: Effect.Effect<void, SqlFailure, Database> = query("lane.release", (db) =>
  sql`
    update lane set lease_token = null, next_at = clock_timestamp()
    where lease_token is not null and next_at < 'infinity'`.execute(db)
).pipe(Effect.asVoid)
