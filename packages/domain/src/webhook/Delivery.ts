import { Schema } from "effect"
import { DialogId, MessageId, TurnId } from "../ids/brands.ts"
import { ChatbotEvent } from "./ThreadEvent.ts"
import { WebhookEndpointId, WebhookEvent } from "./WebhookEndpoint.ts"

/** Also the event's `requestId` and the header `webhook-id`: the same on every attempt. */
export const DeliveryId = Schema.String.check(Schema.isUUID()).pipe(Schema.brand("DeliveryId"))
export type DeliveryId = typeof DeliveryId.Type

/**
 * `pending`: to be sent, for the first time or again. `dead`: all attempts failed, or the receiver is gone. `skipped`: not
 * sent, since its endpoint was disabled. Dead and skipped ones can be sent again by hand or by a replay.
 */
export const DeliveryStatus = Schema.Literals(["pending", "delivered", "dead", "skipped"])
export type DeliveryStatus = typeof DeliveryStatus.Type

/** What went wrong with an attempt. `status`: the answer was neither a success nor a redirect. */
export const AttemptError = Schema.Literals([
  "refused_address",
  "dns",
  "connect",
  "tls",
  "timeout",
  "reset",
  "protocol",
  "headers_too_large",
  "body_too_large",
  "encoded_body",
  "redirect",
  "status"
])
export type AttemptError = typeof AttemptError.Type

/** One request to a receiver, and what came of it. */
export const DeliveryAttempt = Schema.Struct({
  /** From 1, over all retries and replays. */
  number: Schema.Int,
  at: Schema.Date,
  durationMs: Schema.Finite,
  /** The HTTP status, when there was an answer. */
  status: Schema.NullOr(Schema.Int),
  /** Null when it was delivered. */
  error: Schema.NullOr(AttemptError),
  /** The beginning of a refusal's body. */
  response: Schema.String
})
export type DeliveryAttempt = typeof DeliveryAttempt.Type

/** An event owed to an endpoint, or a callback to a turn's `sendWebhook` when it has none. */
export const Delivery = Schema.Struct({
  id: DeliveryId,
  endpointId: Schema.NullOr(WebhookEndpointId),
  event: Schema.Union([WebhookEvent, ChatbotEvent]),
  dialogId: DialogId,
  messageId: Schema.NullOr(MessageId),
  turnId: Schema.NullOr(TurnId),
  /** The message's place in its dialog. */
  sequence: Schema.NullOr(Schema.Int),
  status: DeliveryStatus,
  attempts: Schema.Array(DeliveryAttempt),
  nextAttemptAt: Schema.NullOr(Schema.Date),
  createdAt: Schema.Date,
  finishedAt: Schema.NullOr(Schema.Date)
})
export type Delivery = typeof Delivery.Type

/** The delivery does not exist at this endpoint. */
export class DeliveryNotFound extends Schema.TaggedError<DeliveryNotFound>()("DeliveryNotFound", {
  deliveryId: DeliveryId
}) {
  override get message(): string {
    return `delivery ${this.deliveryId} does not exist`
  }
}
