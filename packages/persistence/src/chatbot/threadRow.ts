import { type AgentId, chatUserOf, type ContactId, type DialogId, type DialogMode, type Thread } from "@butler/domain"
import { sql } from "kysely"

export interface ThreadRow {
  readonly id: DialogId
  readonly agent_id: AgentId
  readonly mode: DialogMode
  readonly created_at: Date
  readonly last_active_at: Date
  readonly contact_id: ContactId
  readonly contact_details: Readonly<Record<string, string>>
  readonly contact_created_at: Date
  readonly escalated: boolean
  readonly resolved: boolean
  readonly webhook_url: string | null
}

/** Of `threadJoins`. */
export const threadColumns = sql`
  d.id, d.agent_id, d.mode, d.created_at, d.last_active_at, d.contact_id, c.details as contact_details,
  c.created_at as contact_created_at, t.escalated_at is not null as escalated,
  coalesce(t.resolved_at = d.message_count, false) as resolved, t.webhook_url`

/** On `dialog d`. */
export const threadJoins = sql`
  join contact c on c.workspace_id = d.workspace_id and c.id = d.contact_id
  left join thread t on t.workspace_id = d.workspace_id and t.dialog_id = d.id`

export const toThread = (row: ThreadRow): Thread => ({
  id: row.id,
  chatbotId: row.agent_id,
  mode: row.mode === "human" ? "AGENT" : "AI",
  startedAt: row.created_at,
  updatedAt: row.last_active_at,
  chatUser: chatUserOf({ id: row.contact_id, details: row.contact_details, createdAt: row.contact_created_at }),
  escalated: row.escalated,
  resolved: row.resolved,
  webhookUrl: row.webhook_url
})
