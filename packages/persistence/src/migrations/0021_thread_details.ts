import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

const statements = [
  `alter table message
     add column extra jsonb,
     add constraint message_extra_check check (jsonb_typeof(extra) = 'object')`,
  // Only of dialogs that have anything of it.
  `create table thread (
     workspace_id uuid not null,
     dialog_id text not null,
     webhook_url text,
     webhook_token text,
     escalated_at timestamptz(3),
     resolved_at integer,
     constraint thread_pkey primary key (workspace_id, dialog_id),
     constraint thread_dialog_fkey foreign key (workspace_id, dialog_id) references dialog on delete cascade
   )`,
  // Which dialog of an agent is the thousandth, the two thousandth and so on from the oldest, so that any page is near one.
  `create table thread_mark (
     workspace_id uuid not null,
     agent_id bigint not null,
     rank bigint not null,
     created_at timestamptz(3) not null,
     dialog_id text not null,
     constraint thread_mark_pkey primary key (workspace_id, agent_id, rank)
   )`,
  // Whoever removes a dialog, all behind it has another rank then.
  `create function forget_thread_marks() returns trigger language plpgsql as $$
   begin
     delete from thread_mark m
     using (select workspace_id, agent_id, min(created_at) as since from gone group by workspace_id, agent_id) g
     where m.workspace_id = g.workspace_id and m.agent_id = g.agent_id and m.created_at >= g.since;
     return null;
   end
   $$`,
  `create trigger dialog_removed after delete on dialog
     referencing old table as gone for each statement execute function forget_thread_marks()`
]

/** What a thread has beside its dialog, and marks to find its page by. */
export const threadDetails: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
}
