import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

const statements = [
  `alter table dialog
     add column handover_reason text,
     add column handed_over_at timestamptz(3),
     add column context_start integer not null default 0,
     add constraint dialog_handover_check check ((mode = 'human') = (handed_over_at is not null))`,
  // Repeats the dialog's mode where turns are let in, since there only the locked lane's own columns can be trusted.
  `alter table lane add column closed boolean not null default false`,
  `alter table contact
     add column merged_into bigint,
     add constraint contact_merged_fkey foreign key (workspace_id, merged_into) references contact,
     add constraint contact_merged_check check (merged_into is null or (user_id is null and active_dialog_id is null))`,
  `create index contact_created_idx on contact (workspace_id, created_at, id) where merged_into is null`,
  `create index contact_merged_idx on contact (workspace_id, merged_into) where merged_into is not null`,
  `create table access_token (
     workspace_id uuid not null,
     id text not null,
     api_key_id text not null,
     digest bytea not null,
     expires_at timestamptz(3) not null,
     constraint access_token_pkey primary key (workspace_id, id),
     constraint access_token_key_fkey foreign key (workspace_id, api_key_id) references api_key
   )`,
  // As with keys, a caller shows the id alone.
  `create index access_token_id_idx on access_token (id)`,
  `create index access_token_key_idx on access_token (workspace_id, api_key_id, expires_at)`
]

/** Dialogs that people answer in, contacts that have become one, and tokens that keys are exchanged for. */
export const handover: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
}
