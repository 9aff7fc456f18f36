import type {
  AgentLog,
  Attachment,
  Channel,
  ContentType,
  DialogId,
  Message,
  MessageId,
  MessageQuery,
  SenderType,
  TurnId
} from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"

interface Row {
  readonly id: MessageId
  readonly dialog_id: DialogId
  readonly seq: number
  readonly turn_id: TurnId | null
  readonly sender_type: typeof SenderType.Type
  readonly sender_id: string | null
  readonly content_type: typeof ContentType.Type
  readonly content: string
  readonly attachments: ReadonlyArray<Attachment>
  readonly channel: Channel
  readonly agent_logs: ReadonlyArray<AgentLog> | null
  readonly created_at: Date
}

const toMessage = (row: Row): Message => ({
  id: row.id,
  dialogId: row.dialog_id,
  sequence: row.seq,
  turnId: row.turn_id,
  senderType: row.sender_type,
  senderId: row.sender_id,
  contentType: row.content_type,
  content: row.content,
  attachments: row.attachments,
  channel: row.channel,
  agentLogs: row.agent_logs ?? [],
  createdAt: row.created_at
})

const later = { asc: sql`>`, desc: sql`<` }
const direction = { asc: sql`asc`, desc: sql`desc` }

/** By sequence, from behind the cursor. An agent's message shows the logs of its turn. */
export const listMessages = async (db: Kysely<DB>, query: MessageQuery): Promise<ReadonlyArray<Message>> => {
  const { after, dialogId, limit, order, workspaceId } = query
  const { rows } = await sql<Row>`
    select m.id, m.dialog_id, m.seq, m.turn_id, m.sender_type, m.sender_id, m.content_type, m.content, m.attachments,
           m.channel, t.agent_logs, m.created_at
    from message m
    left join turn t on t.workspace_id = m.workspace_id and t.id = m.turn_id and m.sender_type = 'agent'
    where m.workspace_id = ${workspaceId}::uuid and m.dialog_id = ${dialogId}
      ${after === null ? sql`` : sql`and m.seq ${later[order]} ${after}::integer`}
    order by m.seq ${direction[order]}
    limit ${limit}::integer`.execute(db)
  return rows.map(toMessage)
}
