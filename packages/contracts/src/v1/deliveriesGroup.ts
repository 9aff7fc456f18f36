import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import {
  DeliveryListQuery,
  DeliveryPage,
  DeliveryParams,
  DeliveryResource,
  EventListQuery,
  EventPage
} from "./DeliveryResource.ts"
import { bodyProblems, commonProblems, native, problems } from "./native.ts"
import { ReplayParams, ReplayRequest, ReplayResource } from "./ReplayResource.ts"
import { WebhookEndpointParams } from "./WebhookEndpointResource.ts"

const ofEndpoint = [...commonProblems, "webhook_endpoint_not_found"] as const
const ofDelivery = [...ofEndpoint, "delivery_not_found"] as const
const ofRetry = [...ofDelivery, "webhook_endpoint_disabled"] as const
const ofReplay = [...bodyProblems, "webhook_endpoint_not_found", "webhook_endpoint_disabled"] as const
const ofProgress = [...ofEndpoint, "replay_not_found"] as const

const PATH = "/v1/webhook-endpoints/:endpointId"

const list = HttpApiEndpoint.get("listDeliveries", `${PATH}/deliveries`, {
  params: WebhookEndpointParams,
  query: DeliveryListQuery,
  success: DeliveryPage,
  error: problems(ofEndpoint)
}).annotateMerge(
  native({
    operationId: "listDeliveries",
    summary: "List deliveries",
    description: "Newest first, each with every attempt. Needs the scope `webhooks:read`.",
    errors: ofEndpoint
  })
)

const get = HttpApiEndpoint.get("getDelivery", `${PATH}/deliveries/:deliveryId`, {
  params: DeliveryParams,
  success: DeliveryResource,
  error: problems(ofDelivery)
}).annotateMerge(
  native({
    operationId: "getDelivery",
    summary: "Get a delivery",
    description: "Needs the scope `webhooks:read`.",
    errors: ofDelivery
  })
)

const retry = HttpApiEndpoint.post("retryDelivery", `${PATH}/deliveries/:deliveryId/retry`, {
  params: DeliveryParams,
  success: DeliveryResource.pipe(HttpApiSchema.status(202)),
  error: problems(ofRetry)
}).annotateMerge(
  native({
    operationId: "retryDelivery",
    summary: "Send a delivery again",
    description:
      "At once, whatever became of it, ahead of its dialog's others, with the full schedule from here. Needs the scope `webhooks:write`.",
    errors: ofRetry
  })
)

const replay = HttpApiEndpoint.post("replayDeliveries", `${PATH}/replay`, {
  params: WebhookEndpointParams,
  payload: ReplayRequest,
  success: ReplayResource.pipe(HttpApiSchema.status(202)),
  error: problems(ofReplay)
}).annotateMerge(
  native({
    operationId: "replayDeliveries",
    summary: "Send many deliveries again",
    description:
      "A job that goes on whatever happens to the server. What is still pending is left alone. Needs the scope `webhooks:write`.",
    errors: ofReplay,
    request: { dry: { summary: "How many would it be", value: { since: "2026-02-05T00:00:00Z", dryRun: true } } }
  })
)

const progress = HttpApiEndpoint.get("getReplay", `${PATH}/replays/:replayId`, {
  params: ReplayParams,
  success: ReplayResource,
  error: problems(ofProgress)
}).annotateMerge(
  native({
    operationId: "getReplay",
    summary: "Get a replay's progress",
    description: "Needs the scope `webhooks:read`.",
    errors: ofProgress
  })
)

const events = HttpApiEndpoint.get("pullEvents", `${PATH}/events`, {
  params: WebhookEndpointParams,
  query: EventListQuery,
  success: EventPage,
  error: problems(ofEndpoint)
}).annotateMerge(
  native({
    operationId: "pullEvents",
    summary: "Pull events",
    description:
      "The same events for those who would rather ask, oldest first, sent or not. Keep `nextCursor`, which is null only before the first event, and pass it as `after`; an empty page means that there is nothing new yet. Needs the scope `webhooks:read`.",
    errors: ofEndpoint
  })
)

/** The record of what was sent. */
export const deliveriesGroup = HttpApiGroup.make("deliveries")
  .add(list, get, retry, replay, progress, events)
  .middleware(Authorization)
  .annotateMerge(
    OpenApi.annotations({ title: "Deliveries", description: "The record of what was sent, and sending it again." })
  )
