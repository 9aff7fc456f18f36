import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

/** Where dialogs are in tasks. */
export const tasks: Migration = {
  up: async (db: Kysely<unknown>) => {
    await sql`
      create table dialog_task (
        workspace_id uuid not null,
        dialog_id text not null,
        task text not null,
        details jsonb not null,
        asking text,
        tries integer not null,
        updated_at timestamptz(3) not null default now(),
        constraint dialog_task_pkey primary key (workspace_id, dialog_id),
        constraint dialog_task_dialog_fkey foreign key (workspace_id, dialog_id) references dialog on delete cascade,
        constraint dialog_task_details_check check (jsonb_typeof(details) = 'object')
      )`.execute(db)
  }
}
