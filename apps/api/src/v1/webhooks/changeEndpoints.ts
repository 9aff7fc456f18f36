import type {
  NewWebhookEndpointRequest,
  SecretRotation,
  WebhookEndpointChange,
  WebhookEndpointListQuery
} from "@butler/contracts"
import {
  type EndpointSettings,
  Ids,
  type SecretOwner,
  SigningSecrets,
  WebhookEndpointId,
  WebhookEndpoints,
  type WorkspaceId
} from "@butler/domain"
import { makeSecret } from "@butler/webhooks"
import { Effect } from "effect"
import { checkEndpoint } from "./endpointIssues.ts"
import { getEndpoint, getOwnEndpoint } from "./getEndpoint.ts"

const SECOND_MS = 1_000
const HOUR_MS = 3_600_000

/** Stores an endpoint with its first secret. */
export const createEndpoint = Effect.fn("createEndpoint")(function* (
  workspaceId: WorkspaceId,
  wanted: NewWebhookEndpointRequest
) {
  yield* checkEndpoint(wanted)
  const { ratePerMinute = null, secret = makeSecret(), timeoutSeconds, ...settings } = wanted
  const id = WebhookEndpointId.make(`wh_${yield* (yield* Ids).snowflake}`)
  const endpoint = yield* (yield* WebhookEndpoints).create({
    ...settings,
    id,
    workspaceId,
    secret,
    ratePerMinute,
    timeoutMs: timeoutSeconds * SECOND_MS
  })
  return { endpoint, secret }
})

/** What a chatbot's endpoint has from the chatbot's settings, and what is sent there is of one form. */
const isSettled = ({ events, payload, url }: WebhookEndpointChange): boolean =>
  events !== undefined || payload !== undefined || url !== undefined

export const changeEndpoint = Effect.fn("changeEndpoint")(function* (
  workspaceId: WorkspaceId,
  endpointId: WebhookEndpointId,
  { timeoutSeconds, ...change }: WebhookEndpointChange
) {
  yield* isSettled(change) ? getOwnEndpoint(workspaceId, endpointId) : getEndpoint(workspaceId, endpointId)
  yield* checkEndpoint(change)
  const settings: Partial<EndpointSettings> = {
    ...change,
    ...(timeoutSeconds !== undefined && { timeoutMs: timeoutSeconds * SECOND_MS })
  }
  return yield* (yield* WebhookEndpoints).update(workspaceId, endpointId, settings)
})

/** What is still owed to it is dropped. */
export const deleteEndpoint = Effect.fn("deleteEndpoint")(function* (
  workspaceId: WorkspaceId,
  endpointId: WebhookEndpointId
) {
  yield* getOwnEndpoint(workspaceId, endpointId)
  yield* (yield* WebhookEndpoints).remove(workspaceId, endpointId)
})

/** The workspace's own, or those of a chatbot. */
export const listEndpoints = Effect.fn("listEndpoints")(function* (
  workspaceId: WorkspaceId,
  { chatbotId, threadId }: WebhookEndpointListQuery
) {
  const endpoints = yield* WebhookEndpoints
  return yield* chatbotId === undefined
    ? endpoints.list(workspaceId)
    : endpoints.ofChatbot(workspaceId, chatbotId, threadId ?? null)
})

/** Puts a secret of the caller's, or a new one, in the place of the current one. */
export const rotateSecret = Effect.fn("rotateSecret")(function* (owner: SecretOwner, wanted: SecretRotation) {
  if (owner.endpointId !== null) yield* getEndpoint(owner.workspaceId, owner.endpointId)
  yield* checkEndpoint(wanted)
  const { overlapHours, secret = makeSecret() } = wanted
  return yield* (yield* SigningSecrets).rotate(owner, secret, overlapHours * HOUR_MS)
})
