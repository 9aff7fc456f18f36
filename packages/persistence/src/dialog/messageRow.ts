import type {
  AgentLog,
  Attachment,
  Channel,
  ContentType,
  DialogId,
  Message,
  MessageId,
  SenderType,
  TurnId
} from "@butler/domain"

export interface MessageRow {
  readonly id: MessageId
  readonly dialog_id: DialogId
  readonly seq: number
  readonly turn_id: TurnId | null
  readonly sender_type: SenderType
  readonly sender_id: string | null
  readonly content_type: ContentType
  readonly content: string
  readonly url: string
  readonly attachments: ReadonlyArray<Attachment>
  readonly channel: Channel
  readonly agent_logs: ReadonlyArray<AgentLog> | null
  readonly created_at: Date
}

export const toMessage = (row: MessageRow): Message => ({
  id: row.id,
  dialogId: row.dialog_id,
  sequence: row.seq,
  turnId: row.turn_id,
  senderType: row.sender_type,
  senderId: row.sender_id,
  contentType: row.content_type,
  content: row.content,
  url: row.url,
  attachments: row.attachments,
  channel: row.channel,
  agentLogs: row.agent_logs ?? [],
  createdAt: row.created_at
})
