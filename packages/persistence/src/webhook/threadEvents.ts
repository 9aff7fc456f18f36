import {
  type AgentId,
  type ChatbotEvent,
  chatUserOf,
  type ContactId,
  DEFAULT_GPT_MODEL,
  type DeliveryId,
  type DialogId,
  inThread,
  type ThreadEvent,
  type WorkspaceId
} from "@butler/domain"
import { type Kysely, sql } from "kysely"
import { recordedColumns, type RecordedRow, toRecorded } from "../chatbot/recordedMessage.ts"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"

/** What was kept with the delivery, since no row says it for good. */
interface Details {
  readonly gptModel?: string
  readonly hideSources?: boolean
  readonly reason?: string | null
  readonly at?: string
  readonly contact?: {
    readonly id: ContactId
    readonly details: Readonly<Record<string, string>>
    readonly createdAt: string
  }
}

interface Row {
  readonly id: DeliveryId
  readonly workspace_id: WorkspaceId
  readonly event: ChatbotEvent
  readonly details: Details
  readonly created_at: Date
  readonly chatbot_id: AgentId
  readonly thread_id: DialogId
  readonly chatbot_token: string | null
  readonly thread_token: string | null
  readonly messages: ReadonlyArray<RecordedRow> | null
}

/** A token as it is stored: the thread's own, else that of its chatbot. */
export interface StoredToken {
  readonly workspaceId: WorkspaceId
  readonly chatbotId: AgentId
  readonly threadId: DialogId
  readonly of: "thread" | "chatbot"
  readonly stored: string
}

export interface ToldThread {
  /** Null when what it tells of is gone. */
  readonly event: ThreadEvent | null
  readonly token: StoredToken | null
}

const recorded = sql`
  select ${recordedColumns}, m.seq
  from message m
  left join turn t on t.workspace_id = m.workspace_id and t.id = m.turn_id
  where m.workspace_id = d.workspace_id`

const eventOf = (row: Row): ThreadEvent | null => {
  const { chatbot_id: chatbotId, details, event, messages, thread_id: threadId } = row
  const place = { chatbotId, threadId }
  if (event === "ADD_MESSAGE") {
    const [message] = inThread((messages ?? []).map(toRecorded))
    if (message === undefined) return null
    const { gptModel = DEFAULT_GPT_MODEL, hideSources = false } = details
    return { event, ...place, gptModel, message: hideSources ? { ...message, sources: [] } : message }
  }
  const { at, contact, reason = null } = details
  const chatUser = contact === undefined ? null : chatUserOf({ ...contact, createdAt: new Date(contact.createdAt) })
  const told = { ...place, chatUser, at: at === undefined ? row.created_at : new Date(at) }
  return event === "CONVERSATION_ESCALATED" ? { event, ...told, reason } : { event, ...told }
}

const tokenOf = (row: Row): StoredToken | null => {
  const { chatbot_id: chatbotId, chatbot_token, thread_id: threadId, thread_token, workspace_id: workspaceId } = row
  const place = { workspaceId, chatbotId, threadId }
  if (thread_token !== null) return { ...place, of: "thread", stored: thread_token }
  return chatbot_token === null ? null : { ...place, of: "chatbot", stored: chatbot_token }
}

/** What chatbots' own webhooks are told by these deliveries. */
export const readThreadEvents = async (
  db: Kysely<DB>,
  deliveries: ReadonlyArray<{ readonly workspaceId: WorkspaceId; readonly id: DeliveryId }>
): Promise<ReadonlyMap<DeliveryId, ToldThread>> => {
  if (deliveries.length === 0) return new Map()
  const { rows } = await sql<Row>`
    select d.id, d.workspace_id, d.event, d.details, d.created_at, g.agent_id::text as chatbot_id, g.id as thread_id,
           b.webhook_token as chatbot_token, h.webhook_token as thread_token,
           case when d.event = 'ADD_MESSAGE' then (
             select json_agg(r order by r.seq)
             from (
               ${recorded} and m.turn_id = d.turn_id
               union all
               ${recorded} and m.id = d.message_id and d.turn_id is null
             ) r
           ) end as messages
    from jsonb_to_recordset(${json(deliveries)}) as k ("workspaceId" uuid, id uuid)
    join delivery d on d.workspace_id = k."workspaceId" and d.id = k.id and d.event is not null
    join dialog g on g.workspace_id = d.workspace_id and g.id = d.dialog_id
    left join thread h on h.workspace_id = d.workspace_id and h.dialog_id = d.dialog_id
    left join chatbot b on b.workspace_id = g.workspace_id and b.agent_id = g.agent_id`.execute(db)
  return new Map(rows.map((row) => [row.id, { event: eventOf(row), token: tokenOf(row) }]))
}
