import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

/** What agents are dressed in as chatbots; most have nothing. */
const statements = [
  `create table chatbot (
     workspace_id uuid not null,
     agent_id bigint not null,
     content jsonb not null,
     constraint chatbot_pkey primary key (workspace_id, agent_id),
     constraint chatbot_agent_fkey foreign key (workspace_id, agent_id) references agent,
     constraint chatbot_content_check check (jsonb_typeof(content) = 'object')
   ) with (fillfactor = 70)`
]

export const chatbots: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
}
