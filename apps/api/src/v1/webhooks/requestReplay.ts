import type { ReplayRequest } from "@butler/contracts"
import {
  type DeliveryStatus,
  Ids,
  ReplayId,
  Replays,
  RETENTION_MS,
  type WebhookEndpointId,
  type WorkspaceId
} from "@butler/domain"
import { Clock, Effect } from "effect"
import { refuseIssues } from "./endpointIssues.ts"
import { getEnabledEndpoint } from "./getEndpoint.ts"
import { replayResource } from "./webhookResources.ts"

const UNDELIVERED: ReadonlyArray<DeliveryStatus> = ["dead", "skipped"]

const windowIssues = (since: Date, until: Date, now: number) => [
  ...(since.getTime() < now - RETENTION_MS ? [{ path: "since", message: "must be within the last 30 days" }] : []),
  ...(until <= since ? [{ path: "until", message: "must be after since" }] : [])
]

/** Starts the job, or only counts what it would send. */
export const requestReplay = Effect.fn("requestReplay")(function* (
  workspaceId: WorkspaceId,
  endpointId: WebhookEndpointId,
  request: ReplayRequest
) {
  const now = yield* Clock.currentTimeMillis
  const since = new Date(request.since)
  const until = request.until === undefined ? new Date(now) : new Date(request.until)
  const issues = windowIssues(since, until, now)
  if (issues.length > 0) return yield* refuseIssues(issues)
  yield* getEnabledEndpoint(workspaceId, endpointId)
  const replays = yield* Replays
  const statuses = request.status === undefined ? UNDELIVERED : [request.status]
  const window = { workspaceId, endpointId, since, until, statuses }
  if (request.dryRun) {
    const total = yield* replays.count(window)
    return replayResource({ ...window, id: null, total, done: 0, createdAt: new Date(now), finishedAt: null })
  }
  const id = ReplayId.make(`rp_${yield* (yield* Ids).snowflake}`)
  return replayResource(yield* replays.create({ ...window, id }))
})
