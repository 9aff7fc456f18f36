import { AttemptError, ChatbotEvent, DeliveryStatus, WebhookEvent } from "@butler/domain"
import { ChatbotEventBody } from "../sitegpt/webhookEvents.ts"
import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { deliveryId, webhookEndpointId } from "../fields/ids.ts"
import { IsoTime } from "../fields/isoTime.ts"
import { page, pageQuery } from "../fields/page.ts"

export const AttemptResource = Schema.Struct({
  number: Schema.Int.annotate({ description: "From 1, over all retries and replays." }),
  at: IsoTime,
  durationMs: Schema.Finite,
  status: Schema.NullOr(Schema.Int).annotate({ description: "The HTTP status; null when there was no answer." }),
  error: Schema.NullOr(AttemptError).annotate({ description: "What went wrong; null when it was delivered." }),
  response: Schema.String.annotate({ description: "The beginning of a refusal's body." })
}).annotate({ identifier: "DeliveryAttempt" })

export const DeliveryResource = Schema.Struct({
  id: Schema.String.annotate({
    format: "uuid",
    description: "`webhook-id` of every attempt, and the event's `requestId`."
  }),
  event: Schema.Union([WebhookEvent, ChatbotEvent]),
  dialogId: Schema.String,
  messageId: Schema.NullOr(Schema.String),
  turnId: Schema.NullOr(Schema.String),
  sequence: Schema.NullOr(Schema.Int).annotate({ description: "The message's place in its dialog." }),
  status: DeliveryStatus.annotate({
    description:
      "`pending`: to be sent. `delivered`. `dead`: all attempts failed, or the receiver is gone. `skipped`: not sent, since the endpoint was disabled."
  }),
  attempts: Schema.Array(AttemptResource),
  nextAttemptAt: Schema.NullOr(IsoTime),
  createdAt: IsoTime,
  finishedAt: Schema.NullOr(IsoTime)
}).annotate({ identifier: "Delivery", description: "One event for one endpoint, with every attempt to send it." })
export type DeliveryResource = typeof DeliveryResource.Type

export const DeliveryPage = page("DeliveryPage", DeliveryResource)
export type DeliveryPage = typeof DeliveryPage.Type

export const DeliveryParams = Schema.Struct({ endpointId: webhookEndpointId, deliveryId })
export const decodeDeliveryParams = decoder(DeliveryParams)

export const DeliveryListQuery = Schema.Struct({
  ...pageQuery,
  status: Schema.optionalKey(DeliveryStatus.annotate({ description: "Only deliveries in this state." }))
})
export type DeliveryListQuery = typeof DeliveryListQuery.Type
export const decodeDeliveryListQuery = decoder(DeliveryListQuery)

/** The body of an event as it is posted. */
export const WebhookEventBody = Schema.Struct({
  requestId: Schema.String.annotate({ format: "uuid" }),
  businessType: Schema.Int,
  sequence: Schema.Int.annotate({ description: "Gapless per dialog, from 1." }),
  data: Schema.Record(Schema.String, Schema.Unknown)
}).annotate({ identifier: "WebhookEventBody", description: "An event, literally as it is posted." })

export const EventPage = page("EventPage", Schema.Union([WebhookEventBody, ChatbotEventBody]))
export type EventPage = typeof EventPage.Type

export const EventListQuery = Schema.Struct({
  limit: pageQuery.limit,
  after: pageQuery.cursor
})
export type EventListQuery = typeof EventListQuery.Type
export const decodeEventListQuery = decoder(EventListQuery)

export const TestResult = Schema.Struct({
  delivered: Schema.Boolean,
  status: Schema.NullOr(Schema.Int),
  error: Schema.NullOr(AttemptError),
  durationMs: Schema.Finite,
  response: Schema.String.annotate({ description: "The beginning of the answer's body." })
}).annotate({ identifier: "WebhookTest", description: "What came of a test event." })
export type TestResult = typeof TestResult.Type
