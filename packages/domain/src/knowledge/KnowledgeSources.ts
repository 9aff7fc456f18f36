import { Context, type Effect, type Option, Schema } from "effect"
import type { KnowledgeBaseId, SourceId, WorkspaceId } from "../ids/brands.ts"
import type { FilesLimitReached, LinksLimitReached } from "../whitelabel/Entitlement.ts"
import type { KnowledgeBaseNotFound } from "./KnowledgeBase.ts"
import type {
  CrawlLimits,
  ItemStatus,
  KnowledgeSource,
  SourceItem,
  SourceKind,
  SourceNotFound,
  SyncFrequency
} from "./KnowledgeSource.ts"

/** Place in a list of sources or of items; opaque to callers. */
export const SourceCursor = Schema.String.check(Schema.isPattern(/^[1-9]\d{0,18}$/)).pipe(Schema.brand("SourceCursor"))
export type SourceCursor = typeof SourceCursor.Type

export interface NewSource extends CrawlLimits {
  readonly id: SourceId
  readonly knowledgeBaseId: KnowledgeBaseId
  readonly kind: SourceKind
  readonly name: string
  readonly url: string | null
  readonly syncFrequency: SyncFrequency
}

/** A file's bytes are there; what is known of it only now may replace what was said at its beginning. */
export interface SubmittedFile {
  readonly kind: SourceKind
  readonly name: string
  readonly knowledgeBaseId: KnowledgeBaseId
  readonly size: number
}

export interface SourceQuery {
  /** Null: of all. */
  readonly knowledgeBaseId: KnowledgeBaseId | null
  readonly limit: number
  readonly after: SourceCursor | null
}

export interface ItemQuery {
  /** Null: all. */
  readonly status: ItemStatus | null
  readonly limit: number
  readonly after: SourceCursor | null
}

export interface SourceChange {
  readonly name?: string
  readonly syncFrequency?: SyncFrequency
}

/** How long a file may take to arrive; what is not submitted by then is removed. */
export const UPLOAD_MS = 3_600_000

/** What a workspace's documents are made of. Whoever adds or asks for a reading leaves it to the runner of `Ingestion`. */
export class KnowledgeSources extends Context.Service<
  KnowledgeSources,
  {
    /** Web sources, to be read at once; all of them or none. In their order. */
    readonly create: (
      workspaceId: WorkspaceId,
      sources: ReadonlyArray<NewSource>
    ) => Effect.Effect<ReadonlyArray<KnowledgeSource>, KnowledgeBaseNotFound | LinksLimitReached>
    /** A file that is to follow part by part; it is shown, and read, once it is submitted. */
    readonly open: (
      workspaceId: WorkspaceId,
      source: NewSource
    ) => Effect.Effect<void, FilesLimitReached | KnowledgeBaseNotFound>
    /** The next part of an open file; parts are numbered from 0. */
    readonly append: (
      workspaceId: WorkspaceId,
      id: SourceId,
      part: number,
      bytes: Uint8Array
    ) => Effect.Effect<void, SourceNotFound>
    readonly submit: (
      workspaceId: WorkspaceId,
      id: SourceId,
      file: SubmittedFile
    ) => Effect.Effect<KnowledgeSource, KnowledgeBaseNotFound | SourceNotFound>
    /** Newest first. */
    readonly list: (workspaceId: WorkspaceId, query: SourceQuery) => Effect.Effect<ReadonlyArray<KnowledgeSource>>
    readonly find: (workspaceId: WorkspaceId, id: SourceId) => Effect.Effect<Option.Option<KnowledgeSource>>
    /** In the order they were found. */
    readonly items: (
      workspaceId: WorkspaceId,
      id: SourceId,
      query: ItemQuery
    ) => Effect.Effect<ReadonlyArray<SourceItem>, SourceNotFound>
    readonly change: (
      workspaceId: WorkspaceId,
      id: SourceId,
      change: SourceChange
    ) => Effect.Effect<KnowledgeSource, SourceNotFound>
    /** Reads it anew, as soon as may be; while it is being read that is enough. */
    readonly sync: (workspaceId: WorkspaceId, id: SourceId) => Effect.Effect<KnowledgeSource, SourceNotFound>
    /** Removes it with all its documents. What a dying process leaves of them the runner removes. */
    readonly remove: (workspaceId: WorkspaceId, id: SourceId) => Effect.Effect<void, SourceNotFound>
  }
>()("@butler/domain/KnowledgeSources") {}
