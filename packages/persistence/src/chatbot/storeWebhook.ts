import { type AgentId, ChatbotEvent, type DialogId, WebhookEndpointId, type WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"

/** One deadline over all of an attempt, as endpoints have that nobody decides about. */
const TIMEOUT_MS = 15_000

/** Whose webhook it is: a chatbot's, or one of its threads'. */
export interface WebhookOwner {
  readonly workspaceId: WorkspaceId
  readonly chatbotId: AgentId
  readonly threadId: DialogId | null
}

export const endpointIdOf = (snowflake: string): WebhookEndpointId => WebhookEndpointId.make(`wh_${snowflake}`)

/** Has the owner's events sent to this URL from now on. Another one than before starts with a clean record. */
export const setWebhook = (
  db: Kysely<DB>,
  { chatbotId, threadId, workspaceId }: WebhookOwner,
  id: WebhookEndpointId,
  url: string
) =>
  sql`
    insert into webhook_endpoint as e (workspace_id, id, agent_id, dialog_id, url, events, payload, headers, ordered,
                                       timeout_ms, enabled)
    values (${workspaceId}::uuid, ${id}, ${chatbotId}::bigint, ${threadId ?? ""}::text, ${url},
            ${json(ChatbotEvent.literals)}, 'sitegpt', '{}', true, ${sql.lit(TIMEOUT_MS)}, true)
    on conflict (workspace_id, agent_id, dialog_id) where agent_id is not null and removed_at is null do update set
      url = excluded.url, enabled = true, disabled_reason = null, failing_since = null, warnings = 0,
      slowed_until = null, slow_level = 0, updated_at = now()
    where e.url <> excluded.url`.execute(db)

/** Nothing more is sent there. The row stays for the record of what was sent; its secrets go. */
export const removeWebhook = (db: Kysely<DB>, { chatbotId, threadId, workspaceId }: WebhookOwner) =>
  sql`
    with e as (
      update webhook_endpoint set removed_at = now(), enabled = false
      where workspace_id = ${workspaceId}::uuid and agent_id = ${chatbotId}::bigint
        and dialog_id = ${threadId ?? ""}::text and removed_at is null
      returning id
    )
    delete from signing_secret s using e where s.workspace_id = ${workspaceId}::uuid and s.owner = e.id`.execute(db)
