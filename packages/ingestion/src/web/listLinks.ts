import type { WebKind } from "@butler/domain"
import { Effect } from "effect"
import { Parser } from "../parse/Parser.ts"
import { makeFrontier } from "./makeFrontier.ts"
import { readRobots } from "./readRobots.ts"
import { readSitemap } from "./readSitemap.ts"
import { isSameSite, mayBePage, normaliseUrl } from "./urls.ts"
import { Web } from "./Web.ts"

export interface LinkSearch {
  readonly url: string
  readonly kind: WebKind
  readonly maxLinks: number
  /** A search that takes longer answers what it has found by then. */
  readonly timeoutMs: number
}

const MAX_PAGE_BYTES = 5_000_000

/** Pages read at the same time. */
const CONCURRENCY = 4

/** Goes from page to page of a site; `links` is filled on the way. */
const walk = Effect.fnUntraced(function* ({ maxLinks, url }: LinkSearch, links: Array<string>) {
  const web = yield* Web
  const parser = yield* Parser
  const robots = yield* readRobots(url)
  const frontier = makeFrontier([])
  const mayRead = (link: string) => isSameSite(link, url) && robots.allows(link)
  const admit = (link: string | null) => {
    if (link === null || links.length >= maxLinks || !mayRead(link) || !mayBePage(link)) return
    if (frontier.admit(link)) links.push(link)
  }
  const visit = (page: string) =>
    Effect.gen(function* () {
      const fetched = yield* web.fetch({ url: page, maxBytes: MAX_PAGE_BYTES, allows: mayRead })
      if (fetched === null || !/html/.test(fetched.contentType)) return
      const { bytes, charset } = fetched
      const parsed = yield* parser.parse({ kind: "html", bytes, charset, url: fetched.url })
      if (parsed.mayFollow) for (const link of parsed.links) admit(normaliseUrl(link))
    })
  const start = normaliseUrl(url) ?? url
  admit(start)
  yield* visit(start)
  // A page that cannot be read leads nowhere; only the first one has to be there.
  for (let read = 1; read < links.length && links.length < maxLinks;) {
    const batch = links.slice(read, read + CONCURRENCY)
    read += batch.length
    yield* Effect.forEach(batch, (page) => Effect.ignore(visit(page)), { concurrency: CONCURRENCY, discard: true })
    if (robots.delayMs > 0) yield* Effect.sleep(robots.delayMs)
  }
})

/** The pages that an address leads to: itself alone, those of its site, or those that its sitemap lists. Stores nothing. */
export const listLinks = Effect.fn("listLinks")(function* (search: LinkSearch) {
  const { kind, maxLinks, timeoutMs, url } = search
  if (kind === "url") return [url]
  const links: Array<string> = []
  const found =
    kind === "sitemap"
      ? Effect.map(readSitemap(url, maxLinks), ({ pages }) => links.push(...pages))
      : walk(search, links)
  yield* Effect.timeoutOption(found, timeoutMs)
  return links
})
