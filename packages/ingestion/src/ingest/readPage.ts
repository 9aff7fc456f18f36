import { createHash } from "node:crypto"
import { type FoundItem, Ingestion, type ItemOutcome, type PendingItem, type SourceWork } from "@butler/domain"
import { Effect } from "effect"
import { kindOfPage } from "../parse/kindOf.ts"
import { Parser } from "../parse/Parser.ts"
import type { Parsed } from "../parse/protocol.ts"
import { type Fetched, Web } from "../web/Web.ts"
import type { SiteRules } from "./siteRules.ts"
import { storeContent } from "./storeContent.ts"

/** A page of this size says nothing to anybody; a document may have pictures in it. */
const MAX_PAGE_BYTES = 10_000_000
const MAX_DOCUMENT_BYTES = 50_000_000

const skipped = (code: string, detail: string): ItemOutcome => ({
  status: "skipped",
  error: { code, detail },
  documentCount: 0,
  chunkCount: 0,
  contentHash: null,
  found: []
})

const hashOf = ({ content, title }: Parsed): string =>
  createHash("sha256")
    .update(JSON.stringify([title, content]))
    .digest("base64url")

const stamps = ({ etag, lastModified }: Fetched) => ({ etag, lastModified })

/** What a page says, when it says something else than the last time; it may lead to others in any case. */
const readParsed = Effect.fnUntraced(function* (
  work: SourceWork,
  item: PendingItem,
  parsed: Parsed,
  found: ReadonlyArray<FoundItem>
) {
  const ingestion = yield* Ingestion
  const isEmpty = parsed.content.kind === "text" && parsed.content.text === ""
  if (isEmpty) return { ...skipped("no_text", "there is no text on the page"), found }
  if (!parsed.mayIndex) return { ...skipped("noindex", "the page asks not to be indexed"), found }
  const contentHash = hashOf(parsed)
  if (yield* ingestion.isRepeated(work, item, contentHash)) {
    return { ...skipped("duplicate", "another page says the same"), found }
  }
  const ready: ItemOutcome = { status: "ready", error: null, title: parsed.title, contentHash, found }
  if (contentHash === item.contentHash && item.documentCount > 0) return ready
  return { ...ready, ...(yield* storeContent(work, item, parsed)) }
})

/** Reads a page, unless it is as it was; whatever is wrong with it is the failure of this page alone. */
export const readPage = Effect.fn("readPage")(function* (work: SourceWork, rules: SiteRules, item: PendingItem) {
  const ingestion = yield* Ingestion
  const web = yield* Web
  const parser = yield* Parser
  const toItems = (links: ReadonlyArray<string>): ReadonlyArray<FoundItem> =>
    item.depth >= work.source.maxDepth ? [] : rules.admit(links).map((locator) => ({ locator, depth: item.depth + 1 }))
  const settle = (outcome: ItemOutcome) => ingestion.settle(work, item, outcome)

  if (!rules.mayRead(item.locator)) {
    return yield* settle(skipped("forbidden_by_robots", "the site's robots.txt does not let it be read"))
  }
  const isKnown = item.contentHash !== null
  const fetched = yield* web.fetch({
    url: item.locator,
    etag: isKnown ? item.etag : null,
    lastModified: isKnown ? item.lastModified : null,
    maxBytes: MAX_DOCUMENT_BYTES,
    maxTextBytes: MAX_PAGE_BYTES,
    allows: rules.mayRead
  })
  if (fetched === null) return yield* settle({ status: "ready", error: null, found: toItems(item.links) })
  const kind = kindOfPage(fetched.contentType, fetched.url)
  if (kind === null) return yield* settle(skipped("unsupported_type", `it is ${fetched.contentType || "of no type"}`))
  const { bytes, charset, url } = fetched
  const parsed = yield* parser.parse({ kind, bytes, url, charset })
  const links = parsed.mayFollow ? rules.linksOf(parsed.links) : []
  const outcome = yield* readParsed(work, item, parsed, toItems(links))
  yield* settle({ ...outcome, ...stamps(fetched), links })
})
