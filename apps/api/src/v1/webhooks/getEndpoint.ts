import {
  type WebhookEndpoint,
  WebhookEndpointDisabled,
  type WebhookEndpointId,
  WebhookEndpointNotFound,
  WebhookEndpointOfChatbot,
  WebhookEndpoints,
  type WorkspaceId
} from "@butler/domain"
import { Effect } from "effect"
import { found } from "../found.ts"

export const getEndpoint = (
  workspaceId: WorkspaceId,
  endpointId: WebhookEndpointId
): Effect.Effect<WebhookEndpoint, WebhookEndpointNotFound, WebhookEndpoints> =>
  WebhookEndpoints.use((endpoints) => endpoints.find(workspaceId, endpointId)).pipe(
    found(() => new WebhookEndpointNotFound({ endpointId }))
  )

/** One that does not follow a chatbot's settings. */
export const getOwnEndpoint = Effect.fnUntraced(function* (workspaceId: WorkspaceId, endpointId: WebhookEndpointId) {
  const endpoint = yield* getEndpoint(workspaceId, endpointId)
  return endpoint.chatbotId === null ? endpoint : yield* new WebhookEndpointOfChatbot({ endpointId })
})

/** One that something can be sent to. */
export const getEnabledEndpoint = Effect.fnUntraced(function* (
  workspaceId: WorkspaceId,
  endpointId: WebhookEndpointId
) {
  const endpoint = yield* getEndpoint(workspaceId, endpointId)
  return endpoint.enabled ? endpoint : yield* new WebhookEndpointDisabled({ endpointId })
})
