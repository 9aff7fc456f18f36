import { KEY } from "../Fleet.ts"
import type { Ask } from "./Ledger.ts"

/** Longer than any stall, so that only a dead connection is given up. */
const PATIENCE_MS = 20_000

const headers = { authorization: `Bearer ${KEY}`, "content-type": "application/json" }

export const post = (url: string, path: string, json: unknown, more: Readonly<Record<string, string>> = {}) =>
  fetch(`${url}${path}`, {
    method: "POST",
    headers: { ...headers, ...more },
    body: JSON.stringify(json),
    signal: AbortSignal.timeout(PATIENCE_MS)
  })

/** The same each time it is sent, so that it is one turn. */
export const complete = (url: string, { mode, query, userId }: Ask, callback: string, lastEventId = 0) =>
  post(
    url,
    "/api/open/v4/butler/chat/completions",
    {
      query,
      userId,
      sendWebhook: `${callback}?${new URLSearchParams({ query })}`,
      ...(mode === "async" && { async: true }),
      ...(mode === "stream" && { stream: true })
    },
    { "idempotency-key": query, ...(lastEventId > 0 && { "last-event-id": String(lastEventId) }) }
  )

export const follow = (url: string, turnId: string, lastEventId: number) =>
  fetch(`${url}/v1/turns/${turnId}/events`, {
    headers: { ...headers, "last-event-id": String(lastEventId) },
    signal: AbortSignal.timeout(PATIENCE_MS)
  })
