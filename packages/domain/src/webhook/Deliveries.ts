import { Context, type Effect, type Option, Schema } from "effect"
import type { WorkspaceId } from "../ids/brands.ts"
import type { Delivery, DeliveryId, DeliveryNotFound, DeliveryStatus } from "./Delivery.ts"
import type { DeliveryContent } from "./DeliveryWork.ts"
import type { WebhookEndpointId } from "./WebhookEndpoint.ts"

/** How far back there are deliveries to list, pull and replay. */
export const RETENTION_MS = 30 * 24 * 3_600_000

/** The place behind which a page goes on. */
export const DeliveryCursor = Schema.Struct({ createdAt: Schema.Date, position: Schema.String })
export type DeliveryCursor = typeof DeliveryCursor.Type

export interface DeliveryQuery {
  readonly workspaceId: WorkspaceId
  readonly endpointId: WebhookEndpointId
  readonly status: DeliveryStatus | null
  readonly after: DeliveryCursor | null
  readonly limit: number
}

/** A place in an endpoint's log, in the order of commits. */
export const EventCursor = Schema.Struct({ transaction: Schema.String, position: Schema.String })
export type EventCursor = typeof EventCursor.Type

export interface LoggedEvent {
  readonly content: DeliveryContent
  readonly cursor: EventCursor
}

/** The record of what was sent to whom. */
export class Deliveries extends Context.Service<
  Deliveries,
  {
    /** Newest first. */
    readonly list: (query: DeliveryQuery) => Effect.Effect<ReadonlyArray<readonly [Delivery, DeliveryCursor]>>
    readonly find: (
      workspaceId: WorkspaceId,
      endpointId: WebhookEndpointId,
      id: DeliveryId
    ) => Effect.Effect<Option.Option<Delivery>>
    /** Sends it at once, whatever became of it, ahead of its dialog's others and with the full schedule. */
    readonly retry: (
      workspaceId: WorkspaceId,
      endpointId: WebhookEndpointId,
      id: DeliveryId
    ) => Effect.Effect<Delivery, DeliveryNotFound>
    /** The same events for those who would rather pull, oldest first; none is ever left out, however commits overlap. */
    readonly events: (query: {
      readonly workspaceId: WorkspaceId
      readonly endpointId: WebhookEndpointId
      readonly after: EventCursor | null
      readonly limit: number
    }) => Effect.Effect<ReadonlyArray<LoggedEvent>>
  }
>()("@butler/domain/Deliveries") {}
