import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

const statements = [
  `alter table knowledge_base
     add column name text not null default 'Default',
     add column created_at timestamptz(3) not null default now()`,
  `insert into knowledge_base (workspace_id, knowledge_base_id) select workspace_id, 1 from workspace
   on conflict on constraint knowledge_base_pkey do nothing`,
  // Numbers are never given twice, so that whoever was given one that is gone does not come to see another.
  `alter table workspace add column last_knowledge_base_id smallint not null default 1`,
  `alter table document add column url text, add column source_id text collate "C"`
]

/** Knowledge bases with names, and documents that know where they came from. */
export const knowledgeBases: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
}
