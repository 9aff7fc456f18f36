import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

const statements = [
  `create table turn_checkpoint (
     workspace_id uuid not null,
     turn_id bigint not null,
     key text not null,
     value jsonb not null,
     created_at timestamptz(3) not null default now(),
     constraint turn_checkpoint_pkey primary key (workspace_id, turn_id, key)
   )`,
  // For upkeep: a turn that is stopped leaves its rows.
  `create index turn_checkpoint_created_idx on turn_checkpoint (created_at)`,
  // Empty most of the time: it keeps pages enough that the key is cheaper than reading all of it, as `turn_progress` does.
  `alter table turn_checkpoint set (vacuum_truncate = false)`,
  `insert into turn_checkpoint (workspace_id, turn_id, key, value)
   select gen_random_uuid(), 0, n::text, jsonb_build_object('text', repeat('x', 500)) from generate_series(1, 400) n`,
  `delete from turn_checkpoint where turn_id = 0`
]

/** What the steps of turns that run came to. */
export const turnCheckpoints: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
}
