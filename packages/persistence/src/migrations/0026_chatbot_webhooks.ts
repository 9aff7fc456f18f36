import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

/** As ids of endpoints are made, but for the clock in them. */
const id = `'wh_' || (100000000000000000 + floor(random() * 900000000000000000))::bigint`

const settings = `'["ADD_MESSAGE", "CONVERSATION_ESCALATED", "LEAD_COLLECTED"]'::jsonb, 'sitegpt', '{}'::jsonb, true, 15000, true`

const columns = `workspace_id, id, agent_id, dialog_id, url, events, payload, headers, ordered, timeout_ms, enabled`

const statements = [
  // Of a chatbot, or of one of its threads; that of the chatbot itself has the empty dialog. Null for the workspace's own.
  `alter table webhook_endpoint
     add column agent_id bigint,
     add column dialog_id text,
     drop constraint webhook_endpoint_payload_check,
     add constraint webhook_endpoint_payload_check check (payload in ('example', 'dto', 'sitegpt')),
     add constraint webhook_endpoint_chatbot_check
       check ((agent_id is null) = (dialog_id is null) and (agent_id is null) = (payload <> 'sitegpt')),
     add constraint webhook_endpoint_agent_fkey foreign key (workspace_id, agent_id) references agent`,
  // Chatbots may have many: what looks for the workspace's own must not step over them.
  `create index webhook_endpoint_own_idx on webhook_endpoint (workspace_id) where agent_id is null and removed_at is null`,
  `create unique index webhook_endpoint_thread_key on webhook_endpoint (workspace_id, agent_id, dialog_id)
     where agent_id is not null and removed_at is null`,
  `create index webhook_endpoint_dialog_idx on webhook_endpoint (workspace_id, dialog_id) where dialog_id is not null`,
  // Null tells of a message created, to an endpoint or a callback; what no row says for good is kept in the details.
  `alter table delivery
     add column event text,
     add column details jsonb,
     add constraint delivery_event_check check (event in ('ADD_MESSAGE', 'CONVERSATION_ESCALATED', 'LEAD_COLLECTED')),
     add constraint delivery_details_check check (jsonb_typeof(details) = 'object')`,
  // Encrypted by whoever stores it next: what is moved here is as it was.
  `alter table chatbot add column webhook_token text`,
  `update chatbot set webhook_token = content #>> '{settings,webhookToken}', content = content #- '{settings,webhookToken}'
   where content #> '{settings,webhookToken}' is not null`,
  `insert into webhook_endpoint (${columns})
   select c.workspace_id, ${id}, c.agent_id, '', c.content #>> '{settings,webhookUrl}', ${settings}
   from chatbot c
   join agent a on a.workspace_id = c.workspace_id and a.id = c.agent_id and a.removed_at is null
   where c.content #>> '{settings,webhookUrl}' <> ''`,
  `insert into webhook_endpoint (${columns})
   select t.workspace_id, ${id}, d.agent_id, t.dialog_id, t.webhook_url, ${settings}
   from thread t
   join dialog d on d.workspace_id = t.workspace_id and d.id = t.dialog_id
   join agent a on a.workspace_id = d.workspace_id and a.id = d.agent_id and a.removed_at is null
   where t.webhook_url <> ''`
]

/** Chatbots' own webhooks: endpoints that their settings make, and what is owed to them. */
export const chatbotWebhooks: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
}
