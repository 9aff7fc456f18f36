import { Ingestion, type SourceWork } from "@butler/domain"
import { Effect } from "effect"
import { makeFrontier } from "../web/makeFrontier.ts"
import { readRobots } from "../web/readRobots.ts"
import { isSameSite, mayBePage, normaliseUrl } from "../web/urls.ts"

/** Links kept of a page, to be followed again when it has not changed. */
const MAX_LINKS = 500

/** What may be read of a web source, and what of it a reading has come to. */
export interface SiteRules {
  readonly mayRead: (url: string) => boolean
  /** The links of a page that lead to pages of its site. */
  readonly linksOf: (links: ReadonlyArray<string>) => ReadonlyArray<string>
  /** Those of them that have not been come to, which they are by this. */
  readonly admit: (links: ReadonlyArray<string>) => ReadonlyArray<string>
  readonly delayMs: number
}

/** The rules of a source whose address is `start`. */
export const siteRules = Effect.fn("siteRules")(function* (work: SourceWork, start: string) {
  const robots = yield* readRobots(start)
  const ingestion = yield* Ingestion
  const frontier = makeFrontier(work.task === "resume" ? yield* ingestion.known(work) : [])
  const mayRead = (url: string): boolean => isSameSite(url, start) && robots.allows(url)
  const isWanted = (url: string | null): url is string => url !== null && mayRead(url) && mayBePage(url)
  const rules: SiteRules = {
    mayRead,
    linksOf: (links) => [...new Set(links.map(normaliseUrl).filter(isWanted))].slice(0, MAX_LINKS),
    admit: (links) => (work.source.kind === "site" ? links.filter(frontier.admit) : []),
    delayMs: robots.delayMs
  }
  return rules
})
