import { Schema } from "effect"
import { DocumentId, KnowledgeBaseId, SourceId } from "../ids/brands.ts"

/** What is handed in as a file. `text` and `markdown` are running text, `pairs` a JSON array of questions with answers. */
export const FileKind = Schema.Literals(["text", "markdown", "pairs", "csv", "html", "pdf", "docx"])
export type FileKind = typeof FileKind.Type

/** What is read from the web: one page, the pages that links lead to from there, or those that a sitemap lists. */
export const WebKind = Schema.Literals(["url", "site", "sitemap"])
export type WebKind = typeof WebKind.Type

export const SourceKind = Schema.Literals([...FileKind.literals, ...WebKind.literals])
export type SourceKind = typeof SourceKind.Type

export const SyncFrequency = Schema.Literals(["never", "daily", "weekly", "monthly"])
export type SyncFrequency = typeof SyncFrequency.Type

/** Where a source stands: its file is being sent (and it is not shown yet), it waits, it is read, and how that ended. */
export const SourceStatus = Schema.Literals(["uploading", "queued", "syncing", "ready", "failed"])
export type SourceStatus = typeof SourceStatus.Type

/** Why something could not be read; `detail` is for the workspace's people. */
export const IngestError = Schema.Struct({ code: Schema.String, detail: Schema.String })
export type IngestError = typeof IngestError.Type

/** The code of what may well be there another time: as long as there is some of it, nothing is taken to have vanished. */
export const UNREACHABLE = "unreachable"

/** What is read of a web source at most; a file has neither. */
export const CrawlLimits = Schema.Struct({ maxPages: Schema.Int, maxDepth: Schema.Int })
export type CrawlLimits = typeof CrawlLimits.Type

/** How many items of the last reading ended how. */
export const ItemCounts = Schema.Struct({
  pending: Schema.Int,
  ready: Schema.Int,
  skipped: Schema.Int,
  failed: Schema.Int
})
export type ItemCounts = typeof ItemCounts.Type

/** Something that documents are made of, and made anew from when it changes. */
export const KnowledgeSource = Schema.Struct({
  id: SourceId,
  knowledgeBaseId: KnowledgeBaseId,
  kind: SourceKind,
  name: Schema.String,
  /** Of a web source. */
  url: Schema.NullOr(Schema.String),
  ...CrawlLimits.fields,
  /** Bytes of a file. */
  size: Schema.NullOr(Schema.Int),
  syncFrequency: SyncFrequency,
  status: SourceStatus,
  error: Schema.NullOr(IngestError),
  items: ItemCounts,
  createdAt: Schema.Date,
  /** When the last reading ended, and when the next is due. */
  syncedAt: Schema.NullOr(Schema.Date),
  nextSyncAt: Schema.NullOr(Schema.Date)
})
export type KnowledgeSource = typeof KnowledgeSource.Type

export const ItemStatus = Schema.Literals(["pending", "ready", "skipped", "failed"])
export type ItemStatus = typeof ItemStatus.Type

export const SourceItemId = Schema.String.check(Schema.isPattern(/^[1-9]\d{0,18}$/)).pipe(Schema.brand("SourceItemId"))
export type SourceItemId = typeof SourceItemId.Type

/** The documents of an item: mostly one; of a long one as many as it takes. */
export const documentIdsOf = (item: SourceItemId, count: number): ReadonlyArray<DocumentId> =>
  Array.from({ length: count }, (_, part) => DocumentId.make(part === 0 ? `doc_${item}` : `doc_${item}_${part + 1}`))

/** One page or file of a source. */
export const SourceItem = Schema.Struct({
  id: SourceItemId,
  /** The page's address, or the file's name. */
  locator: Schema.String,
  title: Schema.NullOr(Schema.String),
  status: ItemStatus,
  error: Schema.NullOr(IngestError),
  /** How many documents there are of it; also while it could not be read again. */
  documentCount: Schema.Int,
  chunkCount: Schema.Int,
  readAt: Schema.NullOr(Schema.Date)
})
export type SourceItem = typeof SourceItem.Type

/** The source does not exist in this workspace. */
export class SourceNotFound extends Schema.TaggedError<SourceNotFound>()("SourceNotFound", { sourceId: SourceId }) {
  override get message(): string {
    return `source ${this.sourceId} does not exist`
  }
}
