import type { AgentId, Channel, ContactId, Cuid, Dialog, DialogId, DialogMode, UserId } from "@butler/domain"
import { sql } from "kysely"

export interface DialogRow {
  readonly id: DialogId
  readonly contact_id: ContactId
  readonly user_id: UserId | null
  readonly agent_id: AgentId
  readonly channel: Channel
  readonly mode: DialogMode
  readonly handover_reason: string | null
  readonly handed_over_at: Date | null
  readonly context_start: number
  readonly channel_id: Cuid
  readonly session_id: Cuid
  readonly conversation_id: Cuid
  readonly message_count: number
  readonly created_at: Date
  readonly last_active_at: Date
}

/** Of `dialog d` joined to its `contact c`. */
export const dialogColumns = sql`
  d.id, d.contact_id, c.user_id, d.agent_id, d.channel, d.mode, d.handover_reason, d.handed_over_at, d.context_start, d.channel_id,
  d.session_id, d.conversation_id, d.message_count, d.created_at, d.last_active_at`

export const toDialog = (row: DialogRow): Dialog => ({
  id: row.id,
  contactId: row.contact_id,
  userId: row.user_id,
  agentId: row.agent_id,
  channel: row.channel,
  mode: row.mode,
  handover: row.handed_over_at === null ? null : { reason: row.handover_reason, at: row.handed_over_at },
  contextStart: row.context_start,
  channelId: row.channel_id,
  sessionId: row.session_id,
  conversationId: row.conversation_id,
  messageCount: row.message_count,
  createdAt: row.created_at,
  lastActiveAt: row.last_active_at
})
