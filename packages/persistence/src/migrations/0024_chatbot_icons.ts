import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

const statements = [
  `create table chatbot_icon (
     workspace_id uuid not null,
     id uuid not null,
     agent_id bigint not null,
     content_type text not null,
     bytes bytea not null,
     created_at timestamptz(3) not null default now(),
     constraint chatbot_icon_pkey primary key (workspace_id, id),
     constraint chatbot_icon_agent_fkey foreign key (workspace_id, agent_id) references agent
   )`,
  // Pictures are compressed already.
  `alter table chatbot_icon alter column bytes set storage external`,
  // A page that shows one knows its id alone.
  `create index chatbot_icon_id_idx on chatbot_icon (id)`
]

/** The pictures that chatbots show. */
export const chatbotIcons: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
}
