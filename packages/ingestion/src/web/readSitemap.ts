import { Effect } from "effect"
import { Parser } from "../parse/Parser.ts"
import { isSameSite, normaliseUrl } from "./urls.ts"
import { Web } from "./Web.ts"

/** As the protocol limits a sitemap. */
const MAX_BYTES = 52_428_800

/** How many sitemaps a sitemap of sitemaps may lead to. */
const MAX_SITEMAPS = 50

/** The pages of its own site that a sitemap lists, and those that it names do; at most so many. */
export const readSitemap = Effect.fn("readSitemap")(function* (url: string, maxPages: number) {
  const web = yield* Web
  const parser = yield* Parser
  const pages = new Set<string>()
  const sitemaps = [url]
  for (let read = 0; read < sitemaps.length && read < MAX_SITEMAPS && pages.size < maxPages; read++) {
    const sitemap = sitemaps[read] ?? url
    const fetched = yield* web.fetch({ url: sitemap, maxBytes: MAX_BYTES, allows: (target) => isSameSite(target, url) })
    if (fetched === null) continue
    const { bytes, charset } = fetched
    const parsed = yield* parser.parse({ kind: "sitemap", bytes, charset, url: sitemap })
    for (const link of parsed.links) {
      const page = normaliseUrl(link)
      if (pages.size < maxPages && page !== null && isSameSite(page, url)) pages.add(page)
    }
    for (const further of parsed.sitemaps) {
      if (!sitemaps.includes(further) && isSameSite(further, url)) sitemaps.push(further)
    }
  }
  return [...pages]
})
