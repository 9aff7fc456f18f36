import type { DeliveryListQuery, DeliveryPage, EventListQuery, EventPage } from "@butler/contracts"
import { Deliveries, type DeliveryCursor, type WebhookEndpointId, type WorkspaceId } from "@butler/domain"
import { eventBody } from "@butler/webhooks"
import { Effect } from "effect"
import { deliveryCursor, eventCursor } from "../cursor.ts"
import { getEndpoint } from "./getEndpoint.ts"
import { deliveryResource } from "./webhookResources.ts"

const cursorOf = ({ createdAt, position }: DeliveryCursor): string =>
  deliveryCursor.encode({ at: createdAt.getTime(), position })

/** One page of an endpoint's deliveries. */
export const listDeliveries = Effect.fn("listDeliveries")(function* (
  workspaceId: WorkspaceId,
  endpointId: WebhookEndpointId,
  { cursor, limit, status }: DeliveryListQuery
) {
  const place = yield* deliveryCursor.decode(cursor)
  yield* getEndpoint(workspaceId, endpointId)
  const after = place === null ? null : { createdAt: new Date(place.at), position: place.position }
  const query = { workspaceId, endpointId, status: status ?? null, after, limit: limit + 1 }
  const rows = yield* (yield* Deliveries).list(query)
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  const page: DeliveryPage = {
    data: shown.map(([delivery]) => deliveryResource(delivery)),
    nextCursor: last === undefined ? null : cursorOf(last[1])
  }
  return page
})

/** One page of an endpoint's log. Whoever pulls keeps the cursor, so an empty page answers the one it was asked with. */
export const pullEvents = Effect.fn("pullEvents")(function* (
  workspaceId: WorkspaceId,
  endpointId: WebhookEndpointId,
  query: EventListQuery
) {
  const after = yield* eventCursor.decode(query.after)
  const { payload } = yield* getEndpoint(workspaceId, endpointId)
  const events = yield* (yield* Deliveries).events({ workspaceId, endpointId, after, limit: query.limit })
  const last = events.at(-1)
  const page: EventPage = {
    data: events.map(({ content }) => eventBody(content, payload)).filter((body) => body !== null),
    nextCursor: last === undefined ? (query.after ?? null) : eventCursor.encode(last.cursor)
  }
  return page
})
