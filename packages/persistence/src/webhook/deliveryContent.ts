import type {
  AgentId,
  AgentLog,
  Attachment,
  ContentType,
  Cuid,
  DeliveryContent,
  DeliveryId,
  DialogId,
  MessageId,
  SenderType,
  ThreadEvent,
  TurnFailure,
  TurnId,
  WorkspaceId
} from "@butler/domain"
import { sql } from "kysely"

/** Times are text where rows come as JSON. */
type Time = Date | string

export interface ContentRow {
  readonly workspace_id: WorkspaceId
  readonly dialog_id: DialogId
  readonly conversation_id: Cuid
  readonly channel_id: Cuid
  readonly session_id: Cuid
  readonly staff_id: AgentId
  readonly message_id: MessageId | null
  readonly message_seq: number
  readonly sender_type: SenderType
  readonly sender_id: string | null
  readonly content_type: ContentType
  readonly content: string
  readonly url: string
  readonly attachments: ReadonlyArray<Attachment>
  readonly message_at: Time
  readonly turn_id: TurnId | null
  readonly inbound_message_id: MessageId
  readonly left_to_people: boolean
  readonly agent_logs: ReadonlyArray<AgentLog>
  readonly error: TurnFailure | null
  readonly turn_finished_at: Time | null
}

/**
 * Of `contentJoins`. Only an agent's messages, and a turn without a reply, show what the agent did. A turn that another
 * answers for shows that one's logs and failure. Ids are text, since JSON's numbers do not hold them.
 */
export const contentColumns = sql`
  d.workspace_id, d.dialog_id, d.conversation_id, g.channel_id, g.session_id, w.default_agent_id::text as staff_id,
  m.id::text as message_id, m.seq as message_seq, m.sender_type, m.sender_id, m.content_type, m.content, m.url,
  m.attachments, m.created_at as message_at, t.id::text as turn_id, t.inbound_message_id::text as inbound_message_id,
  t.seq is null and t.answered_by is null as left_to_people,
  case when m.sender_type = 'contact' then '[]' else a.agent_logs end as agent_logs,
  case
    when m.id is not null then null
    when a.status = 'cancelled' then jsonb_build_object('type', 'cancelled', 'detail', 'the turn was cancelled')
    else a.error
  end as error,
  coalesce(a.finished_at, t.finished_at) as turn_finished_at`

/** On `d`, which says of what is told: workspace_id, dialog_id, conversation_id, message_id and turn_id. */
export const contentJoins = sql`
  join dialog g on g.workspace_id = d.workspace_id and g.id = d.dialog_id
  join workspace w on w.workspace_id = d.workspace_id
  left join message m on m.workspace_id = d.workspace_id and m.id = d.message_id
  left join turn t on t.workspace_id = d.workspace_id and t.id = d.turn_id
  left join turn a on a.workspace_id = t.workspace_id and a.id = coalesce(t.answered_by, t.id)`

export const toContent = (id: DeliveryId, row: ContentRow, thread: ThreadEvent | null): DeliveryContent => ({
  id,
  workspaceId: row.workspace_id,
  dialogId: row.dialog_id,
  channelId: row.channel_id,
  sessionId: row.session_id,
  conversationId: row.conversation_id,
  staffId: row.staff_id,
  thread,
  message:
    row.message_id === null
      ? null
      : {
          id: row.message_id,
          sequence: row.message_seq,
          senderType: row.sender_type,
          senderId: row.sender_id,
          contentType: row.content_type,
          content: row.content,
          url: row.url,
          attachments: row.attachments,
          createdAt: new Date(row.message_at)
        },
  turn:
    row.turn_id === null
      ? null
      : {
          id: row.turn_id,
          inboundMessageId: row.inbound_message_id,
          leftToPeople: row.left_to_people,
          agentLogs: row.agent_logs,
          error: row.error,
          finishedAt: row.turn_finished_at === null ? null : new Date(row.turn_finished_at)
        }
})
