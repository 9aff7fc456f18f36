import type { TestResult } from "@butler/contracts"
import { Agents, SigningSecrets, type WebhookEndpointId, type WorkspaceId } from "@butler/domain"
import { makeSecret, sendTestEvent } from "@butler/webhooks"
import { Effect } from "effect"
import { getEndpoint } from "./getEndpoint.ts"

/** Sends a made-up event now and tells what came of it. */
export const testEndpoint = Effect.fn("testEndpoint")(function* (
  workspaceId: WorkspaceId,
  endpointId: WebhookEndpointId
) {
  const endpoint = yield* getEndpoint(workspaceId, endpointId)
  const secrets = yield* (yield* SigningSecrets).valid({ workspaceId, endpointId }, makeSecret())
  const [agent] = yield* (yield* Agents).list(workspaceId)
  if (agent === undefined) return yield* Effect.die(`workspace ${workspaceId} has no agent`)
  const attempt = yield* sendTestEvent(
    endpoint,
    agent.id,
    secrets.map(({ secret }) => secret)
  )
  const { durationMs, error, response, status } = attempt
  return { delivered: error === null, status, error, durationMs, response } satisfies TestResult
})
