import { Effect } from "effect"
import { type ParseFailed, Parser } from "../parse/Parser.ts"
import { isSameSite, normaliseUrl } from "./urls.ts"
import { type FetchFailed, Web } from "./Web.ts"

/** As the protocol limits a sitemap. */
const MAX_BYTES = 52_428_800

/** How many sitemaps a sitemap of sitemaps may lead to. */
const MAX_SITEMAPS = 50

export interface SitemapPages {
  readonly pages: ReadonlyArray<string>
  /** Sitemaps that the first one names and that cannot be read, and why: the others go on without them. */
  readonly unread: ReadonlyMap<string, FetchFailed | ParseFailed>
}

/** The pages of its own site that a sitemap lists, and those that it names do; at most so many. */
export const readSitemap = Effect.fn("readSitemap")(function* (url: string, maxPages: number) {
  const web = yield* Web
  const parser = yield* Parser
  const pages = new Set<string>()
  const unread = new Map<string, FetchFailed | ParseFailed>()
  const sitemaps = [url]
  const readOne = Effect.fnUntraced(function* (sitemap: string) {
    const fetched = yield* web.fetch({ url: sitemap, maxBytes: MAX_BYTES, allows: (target) => isSameSite(target, url) })
    if (fetched === null) return
    const { bytes, charset } = fetched
    const parsed = yield* parser.parse({ kind: "sitemap", bytes, charset, url: sitemap })
    for (const link of parsed.links) {
      const page = normaliseUrl(link)
      if (pages.size < maxPages && page !== null && isSameSite(page, url)) pages.add(page)
    }
    for (const further of parsed.sitemaps) {
      if (!sitemaps.includes(further) && isSameSite(further, url)) sitemaps.push(further)
    }
  })
  yield* readOne(url)
  for (let read = 1; read < sitemaps.length && read < MAX_SITEMAPS && pages.size < maxPages; read++) {
    const sitemap = sitemaps[read] ?? url
    const leave = (failure: FetchFailed | ParseFailed) => Effect.sync(() => void unread.set(sitemap, failure))
    yield* Effect.catchTags(readOne(sitemap), { FetchFailed: leave, ParseFailed: leave })
  }
  return { pages: [...pages], unread } satisfies SitemapPages
})
