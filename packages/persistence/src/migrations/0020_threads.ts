import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

const statements = [
  `alter table dialog add column agent_id bigint`,
  `update dialog d set agent_id = coalesce(
     (select t.agent_id from turn t where t.workspace_id = d.workspace_id and t.dialog_id = d.id order by t.id limit 1),
     (select w.default_agent_id from workspace w where w.workspace_id = d.workspace_id)
   )`,
  `alter table dialog alter column agent_id set not null`,
  `create index dialog_agent_idx on dialog (workspace_id, agent_id, created_at, id)`
]

/** Which agent a dialog was begun with. */
export const threads: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
}
