import { Context, type Effect, type Option, Schema } from "effect"
import { SourceId, type WorkspaceId } from "../ids/brands.ts"
import type { Lease, LeaseTerms } from "../lane/Lane.ts"
import type { IndexedChunk } from "./Chunk.ts"
import type { Document } from "./Document.ts"
import type { IngestError, ItemStatus, KnowledgeSource, SourceItemId } from "./KnowledgeSource.ts"

/** A claimed source: one reading of it, or what is left of one. */
export interface SourceWork {
  readonly lease: Lease
  readonly workspaceId: WorkspaceId
  readonly source: Pick<
    KnowledgeSource,
    "id" | "kind" | "knowledgeBaseId" | "maxDepth" | "maxPages" | "name" | "size" | "url"
  >
  /** `read` it; `resume` what a process left or laid aside; `remove` what is no longer wanted. */
  readonly task: "read" | "resume" | "remove"
  /** The workspace may have only so many pages of the web. */
  readonly counted?: boolean
  /** How often it has been claimed without coming to a pause: more than a few times says that it kills who reads it. */
  readonly attempts: number
}

/** An item that this reading has come to. */
export interface PendingItem {
  readonly id: SourceItemId
  readonly locator: string
  /** How many links it is away from where the reading began. */
  readonly depth: number
  /** What was said of it the last time it was read. */
  readonly etag: string | null
  readonly lastModified: string | null
  readonly contentHash: string | null
  readonly links: ReadonlyArray<string>
  readonly documentCount: number
}

export interface FoundItem {
  readonly locator: string
  readonly depth: number
}

/** What came of an item. What is not named is as it was the last time. */
export interface ItemOutcome {
  readonly status: Exclude<ItemStatus, "pending">
  readonly error: IngestError | null
  readonly title?: string | null
  readonly etag?: string | null
  readonly lastModified?: string | null
  readonly contentHash?: string | null
  readonly links?: ReadonlyArray<string>
  /** How many documents there are of it now; further ones are removed. */
  readonly documentCount?: number
  readonly chunkCount?: number
  /** Items to read beside, as far as the source's limit allows. */
  readonly found: ReadonlyArray<FoundItem>
}

/** Somebody else reads the source by now, or it is gone: nothing more can be stored. */
export class SourceLeaseLost extends Schema.TaggedError<SourceLeaseLost>()("SourceLeaseLost", { sourceId: SourceId }) {}

/**
 * The work of reading sources. One lane for each source; its next due time is that of the next reading. Whatever is stored is
 * fenced by the lease.
 */
export class Ingestion extends Context.Service<
  Ingestion,
  {
    readonly claim: (limit: number, terms: LeaseTerms) => Effect.Effect<ReadonlyArray<SourceWork>>
    readonly heartbeat: (leases: ReadonlyArray<Lease>, durationMs: number) => Effect.Effect<ReadonlyArray<Lease>>
    /** Lays the work aside, to be gone on with by whoever comes first, after those who wait longer. */
    readonly pause: (lease: Lease) => Effect.Effect<void>
    /** Begins a reading with the items that it starts from. */
    readonly begin: (work: SourceWork, items: ReadonlyArray<FoundItem>) => Effect.Effect<void, SourceLeaseLost>
    /** The locators of all items this reading has come to. */
    readonly known: (work: SourceWork) => Effect.Effect<ReadonlyArray<string>>
    /** The next items to read, nearest to the start first. */
    readonly pending: (work: SourceWork, limit: number) => Effect.Effect<ReadonlyArray<PendingItem>>
    /** A part of the file; none after the last. */
    readonly filePart: (work: SourceWork, part: number) => Effect.Effect<Option.Option<Uint8Array>>
    /** Whether another item has been read to the same effect in this reading. */
    readonly isRepeated: (work: SourceWork, item: PendingItem, contentHash: string) => Effect.Effect<boolean>
    /** Stores a document of an item, or replaces it. */
    readonly store: (
      work: SourceWork,
      item: PendingItem,
      document: Document,
      chunks: ReadonlyArray<IndexedChunk>
    ) => Effect.Effect<void, SourceLeaseLost>
    readonly settle: (work: SourceWork, item: PendingItem, outcome: ItemOutcome) => Effect.Effect<void, SourceLeaseLost>
    /**
     * Removes some of the items that this reading has not come to, with their documents; how many they were. None while some
     * that it has come to could not be reached: there may be links on those.
     */
    readonly removeVanished: (work: SourceWork, limit: number) => Effect.Effect<number, SourceLeaseLost>
    /** Ends the reading; the next is due by the source's frequency. With an error it has failed. */
    readonly finish: (work: SourceWork, error: IngestError | null) => Effect.Effect<void, SourceLeaseLost>
    /** Removes what is left of a source that is no longer wanted. */
    readonly removeSource: (work: SourceWork) => Effect.Effect<void>
  }
>()("@butler/domain/Ingestion") {}
