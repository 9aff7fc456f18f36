import type { WebKind } from "@butler/domain"
import { listLinks } from "@butler/ingestion"
import { Egress } from "@butler/webhooks/egress"
import { Effect } from "effect"
import { Refused } from "../http/Refused.ts"

const KINDS = { WEBSITE: "site", ZENDESK: "site", GITBOOK: "site", SITEMAP: "sitemap", SINGLE_LINK: "url" } as const

const MAX_LINKS = 1000
const TIMEOUT_MS = 20_000

const unreadable = (message: string): Refused =>
  new Refused({
    code: "invalid_request",
    detail: `sourceUrl ${message}`,
    issues: [{ path: "sourceUrl", message }]
  })

/** The pages that an address leads to, looked for now. */
export const fetchLinks = Effect.fn("fetchLinks")(function* (url: string, sourceType: keyof typeof KINDS) {
  const kind: WebKind = KINDS[sourceType]
  yield* Egress.use(({ judge }) => judge(url)).pipe(Effect.mapError(({ reason }) => unreadable(reason)))
  const links = yield* listLinks({ url, kind, maxLinks: MAX_LINKS, timeoutMs: TIMEOUT_MS }).pipe(
    Effect.mapError(({ detail }) => unreadable(`cannot be read: ${detail}`))
  )
  return links.map((link) => ({ url: link, urlType: "WEB" as const }))
})
