import { type FileKind, type FoundItem, Ingestion, type SourceWork } from "@butler/domain"
import { Effect } from "effect"
import { readSitemap } from "../web/readSitemap.ts"
import { normaliseUrl } from "../web/urls.ts"
import { siteRules, type SiteRules } from "./siteRules.ts"

/** What a reading goes by: the rules of a site, or the kind of a file. */
export type RunPlan =
  | { readonly _tag: "Web"; readonly rules: SiteRules }
  | { readonly _tag: "File"; readonly kind: FileKind }

const startingAt = (locators: ReadonlyArray<string>): ReadonlyArray<FoundItem> =>
  locators.map((locator) => ({ locator, depth: 0 }))

const seedsOf = Effect.fnUntraced(function* ({ source }: SourceWork, start: string, rules: SiteRules) {
  if (source.kind === "sitemap") return startingAt((yield* readSitemap(start, source.maxPages)).filter(rules.mayRead))
  rules.admit([start])
  return startingAt([start])
})

/** Begins a reading, or takes up one that somebody left. What is wrong with the site as a whole fails it before it begins. */
export const startRun = Effect.fn("startRun")(function* (work: SourceWork) {
  const ingestion = yield* Ingestion
  const { kind, name, url } = work.source
  const isNew = work.task === "read"
  if (kind === "url" || kind === "site" || kind === "sitemap") {
    const start = normaliseUrl(url ?? "") ?? url ?? ""
    const rules = yield* siteRules(work, start)
    if (isNew) yield* ingestion.begin(work, yield* seedsOf(work, start, rules))
    return { _tag: "Web", rules } satisfies RunPlan
  }
  if (isNew) yield* ingestion.begin(work, startingAt([name]))
  return { _tag: "File", kind } satisfies RunPlan
})
