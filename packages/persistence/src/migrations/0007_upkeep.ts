import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

/**
 * A statement whose plan is made while `turn_progress` is empty, as it is most of the time, reads the whole table from then on,
 * also when 1,000 turns have filled it: PostgreSQL finds nothing cheaper than a table of no pages. So it is given more of
 * them than the index costs, and keeps them.
 */
const keepRoom = [
  `alter table turn_progress set (vacuum_truncate = false)`,
  `insert into turn_progress (workspace_id, turn_id, n, event)
   select gen_random_uuid(), 0, n, jsonb_build_object('text', repeat('x', 500)) from generate_series(1, 400) n`,
  `delete from turn_progress where turn_id = 0`
]

const statements = [...keepRoom, `create index access_token_expires_idx on access_token (expires_at)`]

/** What keeps a database that is long in use quick and small. */
export const upkeep: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
}
