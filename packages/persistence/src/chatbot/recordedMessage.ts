import type {
  AgentLog,
  ContentType,
  DialogId,
  MessageExtra,
  MessageId,
  RecordedMessage,
  SenderType,
  Turn,
  TurnId
} from "@butler/domain"
import { sql } from "kysely"

export interface RecordedRow {
  readonly id: MessageId
  readonly dialog_id: DialogId
  readonly turn_id: TurnId | null
  readonly sender_type: SenderType
  readonly sender_id: string | null
  readonly content_type: ContentType
  readonly content: string
  readonly url: string
  readonly extra: MessageExtra | null
  readonly turn_status: Turn["status"] | null
  readonly agent_logs: ReadonlyArray<AgentLog> | null
  /** Text where rows come as JSON. */
  readonly created_at: Date | string
}

/**
 * Of `message m` joined to its `turn t`. Ids are text, since JSON's numbers do not hold them. Of the logs a thread shows what an answer
 * rests on; all that was searched is many times as much.
 */
export const recordedColumns = sql`
  m.id::text as id, m.dialog_id, m.turn_id::text as turn_id, m.sender_type, m.sender_id, m.content_type, m.content, m.url, m.extra, t.status as turn_status,
  case when m.sender_type = 'agent' then jsonb_path_query_array(t.agent_logs, '$[*] ? (@.type == "knowledge_hit")')
  end as agent_logs, m.created_at`

export const toRecorded = (row: RecordedRow): RecordedMessage => ({
  id: row.id,
  dialogId: row.dialog_id,
  turnId: row.turn_id,
  senderType: row.sender_type,
  senderId: row.sender_id,
  contentType: row.content_type,
  content: row.content,
  url: row.url,
  extra: row.extra,
  turnStatus: row.turn_status,
  agentLogs: row.agent_logs ?? [],
  createdAt: new Date(row.created_at)
})
