import { type FileKind, type FoundItem, Ingestion, type SourceWork } from "@butler/domain"
import { Effect } from "effect"
import { readSitemap, type SitemapPages } from "../web/readSitemap.ts"
import { normaliseUrl } from "../web/urls.ts"
import { siteRules, type SiteRules } from "./siteRules.ts"

/** What a reading goes by: the rules of a site, or the kind of a file. */
export type RunPlan =
  | { readonly _tag: "Web"; readonly rules: SiteRules; readonly unread: SitemapPages["unread"] }
  | { readonly _tag: "File"; readonly kind: FileKind }

const startingAt = (locators: ReadonlyArray<string>): ReadonlyArray<FoundItem> =>
  locators.map((locator) => ({ locator, depth: 0 }))

const NONE: SitemapPages["unread"] = new Map()

/** Where a reading begins. Sitemaps that cannot be read are items like the pages, which have failed. */
const seedsOf = Effect.fnUntraced(function* ({ source }: SourceWork, start: string, rules: SiteRules) {
  if (source.kind === "sitemap") {
    const { pages, unread } = yield* readSitemap(start, source.maxPages)
    return { seeds: startingAt([...pages.filter(rules.mayRead), ...unread.keys()]), unread }
  }
  rules.admit([start])
  return { seeds: startingAt([start]), unread: NONE }
})

/** Begins a reading, or takes up one that somebody left. What is wrong with the site as a whole fails it before it begins. */
export const startRun = Effect.fn("startRun")(function* (work: SourceWork) {
  const ingestion = yield* Ingestion
  const { kind, name, url } = work.source
  const isNew = work.task === "read"
  if (kind === "url" || kind === "site" || kind === "sitemap") {
    const start = normaliseUrl(url ?? "") ?? url ?? ""
    const rules = yield* siteRules(work, start)
    if (!isNew) return { _tag: "Web", rules, unread: NONE } satisfies RunPlan
    const { seeds, unread } = yield* seedsOf(work, start, rules)
    yield* ingestion.begin(work, seeds)
    return { _tag: "Web", rules, unread } satisfies RunPlan
  }
  if (isNew) yield* ingestion.begin(work, startingAt([name]))
  return { _tag: "File", kind } satisfies RunPlan
})
