import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

const statements = [
  `create table contact_memory (
     workspace_id uuid not null,
     contact_id bigint not null,
     id bigint not null,
     text text not null,
     source_message_id bigint,
     created_at timestamptz(3) not null default now(),
     updated_at timestamptz(3) not null default now(),
     constraint contact_memory_pkey primary key (workspace_id, contact_id, id),
     constraint contact_memory_contact_fkey foreign key (workspace_id, contact_id) references contact
   )`,
  `create index contact_memory_created_idx on contact_memory (workspace_id, contact_id, created_at, id)`,
  `create table dialog_distilled (
     workspace_id uuid not null,
     dialog_id text not null,
     through_seq integer not null,
     constraint dialog_distilled_pkey primary key (workspace_id, dialog_id),
     constraint dialog_distilled_dialog_fkey foreign key (workspace_id, dialog_id) references dialog on delete cascade
   )`,
  // For erasing a contact.
  `create index idempotency_key_dialog_idx on idempotency_key (workspace_id, dialog_id)`,
  `create index delivery_dialog_idx on delivery (workspace_id, dialog_id)`
]

/** What is remembered of contacts, and up to where their dialogs have been read for it; and how all of a contact is found. */
export const memories: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
}
