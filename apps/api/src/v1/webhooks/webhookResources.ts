import type {
  DeliveryResource,
  ReplayResource,
  SigningSecretResource,
  WebhookEndpointResource
} from "@butler/contracts"
import { type Delivery, type Replay, type SigningSecret, WARNINGS_MS, type WebhookEndpoint } from "@butler/domain"

const iso = (date: Date): string => date.toISOString()
const isoOrNull = (date: Date | null): string | null => (date === null ? null : date.toISOString())

const [DAY_MS = Infinity, THREE_DAYS_MS = Infinity] = WARNINGS_MS

const warningOf = ({ failingSince }: WebhookEndpoint, now: number): WebhookEndpointResource["warning"] => {
  const failingMs = failingSince === null ? 0 : now - failingSince.getTime()
  if (failingMs >= THREE_DAYS_MS) return "failing_72h"
  return failingMs >= DAY_MS ? "failing_24h" : null
}

export const endpointResource = (endpoint: WebhookEndpoint, now: number): WebhookEndpointResource => ({
  id: endpoint.id,
  chatbotId: endpoint.chatbotId,
  threadId: endpoint.threadId,
  url: endpoint.url,
  events: endpoint.events,
  payload: endpoint.payload,
  headers: endpoint.headers,
  ordered: endpoint.ordered,
  ratePerMinute: endpoint.ratePerMinute,
  timeoutSeconds: endpoint.timeoutMs / 1_000,
  enabled: endpoint.enabled,
  disabledReason: endpoint.disabledReason,
  failingSince: isoOrNull(endpoint.failingSince),
  warning: warningOf(endpoint, now),
  slowedUntil: isoOrNull(endpoint.slowedUntil),
  createdAt: iso(endpoint.createdAt),
  updatedAt: iso(endpoint.updatedAt)
})

/** The secrets of one owner, newest first. */
export const secretResource = (secrets: ReadonlyArray<SigningSecret>): SigningSecretResource => {
  const [current, ...previous] = secrets
  if (current === undefined) throw new Error("an owner of secrets has none")
  return {
    secret: current.secret,
    createdAt: iso(current.createdAt),
    previous: previous.flatMap(({ expiresAt, secret }) =>
      expiresAt === null ? [] : [{ secret, expiresAt: iso(expiresAt) }]
    )
  }
}

export const deliveryResource = (delivery: Delivery): DeliveryResource => ({
  id: delivery.id,
  event: delivery.event,
  dialogId: delivery.dialogId,
  messageId: delivery.messageId,
  turnId: delivery.turnId,
  sequence: delivery.sequence,
  status: delivery.status,
  attempts: delivery.attempts.map(({ at, durationMs, error, number, response, status }) => ({
    number,
    at: iso(at),
    durationMs,
    status,
    error,
    response
  })),
  nextAttemptAt: isoOrNull(delivery.nextAttemptAt),
  createdAt: iso(delivery.createdAt),
  finishedAt: isoOrNull(delivery.finishedAt)
})

export const replayResource = (replay: Omit<Replay, "id"> & { readonly id: Replay["id"] | null }): ReplayResource => ({
  id: replay.id,
  since: iso(replay.since),
  until: iso(replay.until),
  statuses: replay.statuses,
  total: replay.total,
  done: replay.done,
  createdAt: iso(replay.createdAt),
  finishedAt: isoOrNull(replay.finishedAt)
})
