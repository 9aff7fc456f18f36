import { type RawBuilder, sql } from "kysely"
import type { Database } from "../database/Database.ts"

/**
 * A column that lets its statement's commit not wait for the disk. Only for claims and outcomes of deliveries: a database that
 * crashes forgets the last of them, half a second's worth, and what they were about is sent again under the same id.
 * PGlite has nobody who would write them down later.
 */
export const commitUnsynced = (engine: Database["Service"]["engine"]): RawBuilder<unknown> =>
  engine === "postgres" ? sql`set_config('synchronous_commit', 'off', true)` : sql`null`
