import type { TestResult } from "@butler/contracts"
import {
  Entitlements,
  SigningSecrets,
  type WebhookEndpointId,
  WebhookEndpoints,
  type WorkspaceId,
  Workspaces
} from "@butler/domain"
import { makeSecret, sendTestEvent } from "@butler/webhooks"
import { Effect, Option } from "effect"
import { refuse } from "../../http/Refused.ts"
import { found } from "../found.ts"
import { getEndpoint } from "./getEndpoint.ts"

const SWITCHED_OFF = refuse("feature_disabled", "webhooks are switched off for the workspace of this key")

/** Sends a made-up event now and tells what came of it. */
export const testEndpoint = Effect.fn("testEndpoint")(function* (
  workspaceId: WorkspaceId,
  endpointId: WebhookEndpointId
) {
  const endpoint = yield* getEndpoint(workspaceId, endpointId)
  const entitlement = Option.getOrNull(yield* (yield* Entitlements).find(workspaceId))
  if (entitlement?.features.webhooks === false) return yield* SWITCHED_OFF
  const secrets = yield* (yield* SigningSecrets).valid({ workspaceId, endpointId }, makeSecret())
  const workspace = yield* Workspaces.use((all) => all.find(workspaceId)).pipe(
    found(() => new Error(`workspace ${workspaceId} has an endpoint and does not exist`)),
    Effect.orDie
  )
  const attempt = yield* sendTestEvent(
    endpoint,
    yield* WebhookEndpoints.use((endpoints) => endpoints.token(workspaceId, endpointId)),
    workspace.defaultAgentId,
    secrets.map(({ secret }) => secret)
  )
  const { durationMs, error, response, status } = attempt
  return { delivered: error === null, status, error, durationMs, response } satisfies TestResult
})
