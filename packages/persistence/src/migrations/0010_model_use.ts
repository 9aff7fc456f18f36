import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

const statements = [
  `alter table workspace
     add column model_budget jsonb,
     add constraint workspace_model_budget_check check (jsonb_typeof(model_budget) = 'object')`,
  `create table contact_model_use (
     workspace_id uuid not null,
     contact_id bigint not null,
     day date not null,
     calls integer not null,
     input_tokens bigint not null,
     output_tokens bigint not null,
     cost double precision not null,
     constraint contact_model_use_pkey primary key (workspace_id, contact_id, day),
     constraint contact_model_use_contact_fkey foreign key (workspace_id, contact_id) references contact on delete cascade
   ) with (fillfactor = 70)`,
  `create index contact_model_use_day_idx on contact_model_use (day)`,
  // Every turn of a workspace adds to its month: in one row they would wait for each other.
  `create table workspace_model_use (
     workspace_id uuid not null,
     month date not null,
     share smallint not null,
     calls integer not null,
     input_tokens bigint not null,
     output_tokens bigint not null,
     cost double precision not null,
     constraint workspace_model_use_pkey primary key (workspace_id, month, share),
     constraint workspace_model_use_workspace_fkey foreign key (workspace_id) references workspace
   ) with (fillfactor = 50)`
]

/** What models were asked, by contact and day and by workspace and month, and what a workspace may spend on them. */
export const modelUse: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
}
