import type {
  AttemptError,
  ChatbotEvent,
  Delivery,
  DeliveryCursor,
  DeliveryId,
  DeliveryStatus,
  DialogId,
  MessageId,
  TurnId,
  WebhookEndpointId
} from "@butler/domain"
import { sql } from "kysely"

export interface DeliveryRow {
  readonly id: DeliveryId
  readonly endpoint_id: WebhookEndpointId
  readonly event: ChatbotEvent | null
  readonly dialog_id: DialogId
  readonly message_id: MessageId | null
  readonly turn_id: TurnId | null
  readonly seq: number | null
  readonly status: DeliveryStatus
  readonly attempts: ReadonlyArray<{
    readonly number: number
    readonly at: string
    readonly durationMs: number
    readonly status: number | null
    readonly error: AttemptError | null
    readonly response: string
  }>
  readonly next_attempt_at: Date | null
  readonly created_at: Date
  readonly finished_at: Date | null
  readonly position: string
}

/** Of `delivery d` left joined to its `message m`. What was never tried is due as soon as a worker comes to it. */
export const deliveryColumns = sql`
  d.id, d.endpoint_id, d.event, d.dialog_id, d.message_id, d.turn_id, m.seq, d.status, d.attempts,
  case when d.status = 'pending' then coalesce(d.next_attempt_at, d.created_at) end as next_attempt_at,
  d.created_at, d.finished_at, d.position`

export const toDelivery = (row: DeliveryRow): Delivery => ({
  id: row.id,
  endpointId: row.endpoint_id,
  event: row.event ?? "BUTLER_MESSAGE_CREATED",
  dialogId: row.dialog_id,
  messageId: row.message_id,
  turnId: row.turn_id,
  sequence: row.seq,
  status: row.status,
  attempts: row.attempts.map((attempt) => ({ ...attempt, at: new Date(attempt.at) })),
  nextAttemptAt: row.next_attempt_at,
  createdAt: row.created_at,
  finishedAt: row.finished_at
})

export const toCursor = (row: DeliveryRow): DeliveryCursor => ({ createdAt: row.created_at, position: row.position })
