import { FileKind, IngestError, ItemCounts, ItemStatus, SourceKind, SourceStatus, SyncFrequency } from "@butler/domain"
import { Schema } from "effect"
import { abides, decoder, type Rule } from "../fields/decoder.ts"
import { knowledgeBaseId, knowledgeBaseIdFromString, sourceId } from "../fields/ids.ts"
import { IsoTime } from "../fields/isoTime.ts"
import { whole } from "../fields/numbers.ts"
import { page, pageQuery } from "../fields/page.ts"
import { text } from "../fields/text.ts"
import { optional, orElse } from "../fields/unset.ts"
import { webUrl } from "../fields/webUrl.ts"
import { pairs, said } from "./KnowledgeResource.ts"

const DEFAULT_PAGES = 100
const DEFAULT_DEPTH = 5

const notes = {
  kind: "`text`, `markdown`, `pairs`, `csv`, `html`, `pdf` and `docx` are files; `url` is one page, `site` what links lead to from there within the same site, `sitemap` what a sitemap lists.",
  status: "`queued`: waits to be read. `syncing`: is being read. `ready`, `failed`: how the last reading ended.",
  items:
    "How many pages or files of the source stand how; `skipped` are those that are not to be read, or say nothing.",
  syncFrequency: "How often a web source is read anew by itself. Pages that have not changed are not indexed again.",
  maxPages: "With `site` and `sitemap`: how many pages are read at most.",
  maxDepth: "With `site`: how many links a page may be away from the first.",
  knowledgeBaseId: "Where its documents belong; the default one unless it is sent."
}

const error = Schema.NullOr(IngestError)

export const SourceResource = Schema.Struct({
  id: Schema.String,
  knowledgeBaseId: Schema.Int,
  kind: SourceKind.annotate({ description: notes.kind }),
  name: Schema.String,
  url: Schema.NullOr(Schema.String),
  maxPages: Schema.Int,
  maxDepth: Schema.Int,
  size: Schema.NullOr(Schema.Int).annotate({ description: "Bytes of a file." }),
  syncFrequency: SyncFrequency.annotate({ description: notes.syncFrequency }),
  status: SourceStatus.annotate({ description: notes.status }),
  error: error.annotate({ description: "Why nothing could be read of it." }),
  items: ItemCounts.annotate({ description: notes.items }),
  createdAt: IsoTime,
  syncedAt: Schema.NullOr(IsoTime).annotate({ description: "When it was last read to its end." }),
  nextSyncAt: Schema.NullOr(IsoTime).annotate({ description: "When it is read again by itself." })
}).annotate({ identifier: "KnowledgeSource", description: "Something that documents are made of." })
export type SourceResource = typeof SourceResource.Type

export const SourcePage = page("KnowledgeSourcePage", SourceResource)
export type SourcePage = typeof SourcePage.Type

export const SourceItemResource = Schema.Struct({
  id: Schema.String,
  locator: Schema.String.annotate({ description: "The address of a page, or the name of a file." }),
  title: Schema.NullOr(Schema.String),
  status: ItemStatus,
  error: error.annotate({ description: "Why it failed or was skipped." }),
  documentCount: Schema.Int.annotate({
    description: "A page that could not be read again keeps the document it had; one that is gone loses it."
  }),
  chunkCount: Schema.Int,
  readAt: Schema.NullOr(IsoTime)
}).annotate({ identifier: "SourceItem", description: "One page or file of a source." })
export type SourceItemResource = typeof SourceItemResource.Type

export const SourceItemPage = page("SourceItemPage", SourceItemResource)
export type SourceItemPage = typeof SourceItemPage.Type

const FIELD_OF: Readonly<Record<string, string>> = {
  text: "text",
  markdown: "text",
  pairs: "pairs",
  url: "url",
  site: "url",
  sitemap: "url"
}

/** Exactly the content that the kind has. */
const contentOfKind: Rule = (fields) => {
  const field = FIELD_OF[String(fields["kind"])]
  if (field === undefined) return undefined
  const isSet = (name: string): boolean => fields[name] !== undefined && fields[name] !== null
  const other = ["text", "pairs", "url"].find((name) => name !== field && isSet(name))
  if (other !== undefined) return { path: other, message: `must not be sent with kind ${String(fields["kind"])}` }
  return isSet(field) ? undefined : { path: field, message: `is required with kind ${String(fields["kind"])}` }
}

const sourceName = text(1, 200)

/** A source that is not a file of its own. */
export const NewSourceRequest = Schema.Struct({
  kind: Schema.Literals(["text", "markdown", "pairs", "url", "site", "sitemap"]).annotate({ description: notes.kind }),
  name: optional(sourceName, { description: "As it is shown; without it the address, or the kind." }),
  knowledgeBaseId: optional(knowledgeBaseId, { description: notes.knowledgeBaseId }),
  text: optional(said(5_000_000), { description: "With `text` and `markdown`." }),
  pairs: optional(pairs, { description: "With `pairs`." }),
  url: optional(webUrl(2048), {
    description: "With `url`, `site` and `sitemap`; it must lead to the public internet."
  }),
  maxPages: orElse(whole(1, 10_000), DEFAULT_PAGES, { description: notes.maxPages }),
  maxDepth: orElse(whole(0, 20), DEFAULT_DEPTH, { description: notes.maxDepth }),
  syncFrequency: orElse(SyncFrequency, "never", { description: notes.syncFrequency })
})
  .check(abides(contentOfKind))
  .annotate({ identifier: "NewKnowledgeSource" })
export type NewSourceRequest = typeof NewSourceRequest.Type
export const decodeNewSource = decoder(NewSourceRequest, contentOfKind)

/** What is said beside a file, in the query or as fields of the form. */
export const UploadFields = Schema.Struct({
  kind: Schema.optionalKey(
    FileKind.annotate({ description: "Needed only where neither the file's name nor its type tells it." })
  ),
  name: Schema.optionalKey(text(1, 512, { description: "Without it the file's own name." })),
  knowledgeBaseId: Schema.optionalKey(knowledgeBaseIdFromString)
})
export type UploadFields = typeof UploadFields.Type
export const decodeUploadFields = decoder(UploadFields)

export const UploadForm = Schema.Struct({
  file: Schema.String.annotate({ format: "binary", description: "The file, under any name of a field." }),
  ...UploadFields.fields
}).annotate({ identifier: "SourceUpload" })

export const SourceChangeRequest = Schema.Struct({
  name: optional(sourceName, { description: "As it is shown." }),
  syncFrequency: optional(SyncFrequency, { description: notes.syncFrequency })
}).annotate({ identifier: "KnowledgeSourceChange" })
export const decodeSourceChange = decoder(SourceChangeRequest)

export const SourceParams = Schema.Struct({ sourceId })
export const decodeSourceParams = decoder(SourceParams)

export const SourceListQuery = Schema.Struct({
  ...pageQuery,
  knowledgeBaseId: Schema.optionalKey(knowledgeBaseIdFromString)
})
export const decodeSourceListQuery = decoder(SourceListQuery)

export const SourceItemListQuery = Schema.Struct({
  ...pageQuery,
  status: Schema.optionalKey(ItemStatus.annotate({ description: "Only those that stand so." }))
})
export const decodeSourceItemListQuery = decoder(SourceItemListQuery)
