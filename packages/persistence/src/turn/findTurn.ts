import type {
  AgentId,
  AgentLog,
  ContactId,
  DialogId,
  MessageId,
  Reply,
  Timeline,
  Turn,
  TurnFailure,
  TurnId,
  TurnStatus,
  TurnStep,
  WorkspaceId
} from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"

interface Row {
  readonly id: TurnId
  readonly dialog_id: DialogId
  readonly contact_id: ContactId
  readonly agent_id: AgentId
  readonly agent_version: number | null
  readonly seq: number | null
  readonly status: TurnStatus
  readonly inbound_message_id: MessageId
  readonly query: string
  readonly replies: ReadonlyArray<Reply>
  readonly agent_logs: ReadonlyArray<AgentLog>
  readonly error: TurnFailure | null
  readonly steps: ReadonlyArray<TurnStep>
  readonly timeline: Timeline
  readonly attempts: number
  readonly answered_by: TurnId | null
  readonly created_at: Date
  readonly started_at: Date | null
  readonly finished_at: Date | null
}

const toTurn = (row: Row): Turn => ({
  id: row.id,
  dialogId: row.dialog_id,
  contactId: row.contact_id,
  agentId: row.agent_id,
  agentVersion: row.agent_version,
  sequence: row.seq,
  status: row.status,
  inboundMessageId: row.inbound_message_id,
  query: row.query,
  replies: row.replies,
  agentLogs: row.agent_logs,
  error: row.error,
  steps: row.steps,
  timeline: row.timeline,
  attempts: row.attempts,
  answeredBy: row.answered_by,
  createdAt: row.created_at,
  startedAt: row.started_at,
  finishedAt: row.finished_at
})

export const findTurn = async (db: Kysely<DB>, workspaceId: WorkspaceId, turnId: TurnId): Promise<Turn | undefined> => {
  const { rows } = await sql<Row>`
    select t.id, t.dialog_id, t.contact_id, t.agent_id, t.agent_version, t.seq, t.status, t.inbound_message_id, m.content as query,
           t.agent_logs, t.error, t.steps, t.timeline, t.attempts, t.answered_by, t.created_at, t.started_at, t.finished_at,
           (select coalesce(
              jsonb_agg(jsonb_build_object('id', r.id::text, 'contentType', r.content_type, 'content', r.content,
                                           'url', r.url) order by r.seq),
              '[]')
            from message r
            where r.workspace_id = t.workspace_id and r.turn_id = t.id and r.sender_type = 'agent') as replies
    from turn t
    join message m on m.workspace_id = t.workspace_id and m.id = t.inbound_message_id
    where t.workspace_id = ${workspaceId}::uuid and t.id = ${turnId}::bigint`.execute(db)
  const [row] = rows
  return row === undefined ? undefined : toTurn(row)
}
