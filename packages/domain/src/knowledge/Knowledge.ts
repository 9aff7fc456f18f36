import { Context, type Effect, type Option, Schema } from "effect"
import { DocumentId, type KnowledgeBaseId, type WorkspaceId } from "../ids/brands.ts"
import type { IndexedChunk, KnowledgeMatches } from "./Chunk.ts"
import type { Document, DocumentNotFound, DocumentSummary } from "./Document.ts"
import type { Embedding } from "./Embeddings.ts"
import type { KnowledgeBaseNotFound } from "./KnowledgeBase.ts"
import type { QueryTerm } from "./TextAnalyzer.ts"

/** Place in the list of documents; opaque to callers. */
export const DocumentCursor = Schema.String.check(Schema.isPattern(/^\d{1,15}$/)).pipe(Schema.brand("DocumentCursor"))
export type DocumentCursor = typeof DocumentCursor.Type

export interface DocumentQuery {
  readonly knowledgeBaseId: KnowledgeBaseId
  readonly limit: number
  readonly after: DocumentCursor | null
}

export interface DocumentPage {
  readonly documents: ReadonlyArray<DocumentSummary>
  /** Where the next page begins; null after the last document. */
  readonly next: DocumentCursor | null
}

/** What is looked for, and where; a knowledge base that does not exist holds nothing. */
export interface KnowledgeQuery {
  readonly knowledgeBaseIds: ReadonlyArray<KnowledgeBaseId>
  readonly terms: ReadonlyArray<QueryTerm>
  readonly limit: number
  /** The query in its own words, for what refines a search. */
  readonly text?: string
  /** What it means; chunks with vectors of its model are also found by theirs. */
  readonly embedding?: Embedding
}

/** Another document of the workspace has a chunk of one of these ids. */
export class ChunkIdTaken extends Schema.TaggedError<ChunkIdTaken>()("ChunkIdTaken", { documentId: DocumentId }) {
  override get message(): string {
    return `a chunk id of document ${this.documentId} is taken`
  }
}

/** A workspace's documents, their chunks and the index over them, which always agree with each other. */
export class Knowledge extends Context.Service<
  Knowledge,
  {
    /** Stores the document, or replaces the one of that id, which keeps its place in the list and its date. Answers what is stored. */
    readonly put: (
      workspaceId: WorkspaceId,
      document: Document,
      chunks: ReadonlyArray<IndexedChunk>
    ) => Effect.Effect<Document, ChunkIdTaken | KnowledgeBaseNotFound>
    readonly find: (workspaceId: WorkspaceId, id: DocumentId) => Effect.Effect<Option.Option<Document>>
    /** Those of one knowledge base, newest first. */
    readonly list: (workspaceId: WorkspaceId, query: DocumentQuery) => Effect.Effect<DocumentPage>
    readonly remove: (workspaceId: WorkspaceId, id: DocumentId) => Effect.Effect<void, DocumentNotFound>
    /** The best chunks of all the knowledge bases together, weighed as if they were one. */
    readonly search: (workspaceId: WorkspaceId, query: KnowledgeQuery) => Effect.Effect<KnowledgeMatches>
  }
>()("@butler/domain/Knowledge") {}
