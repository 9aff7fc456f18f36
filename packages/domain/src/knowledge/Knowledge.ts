import { Context, Effect, Layer, Option, Schema, Struct } from "effect"
import { DocumentId, type WorkspaceId } from "../ids/brands.ts"
import type { IndexedChunk, KnowledgeMatches } from "./Chunk.ts"
import { type Document, DocumentNotFound, type DocumentSummary } from "./Document.ts"
import { searchMemory } from "./searchMemory.ts"
import type { QueryTerm } from "./TextAnalyzer.ts"

/** Place in the list of documents; opaque to callers. */
export const DocumentCursor = Schema.String.check(Schema.isPattern(/^\d{1,15}$/)).pipe(Schema.brand("DocumentCursor"))
export type DocumentCursor = typeof DocumentCursor.Type

export interface DocumentPage {
  readonly documents: ReadonlyArray<DocumentSummary>
  /** Where the next page begins; null after the last document. */
  readonly next: DocumentCursor | null
}

/** Another document of the workspace has a chunk of one of these ids. */
export class ChunkIdTaken extends Schema.TaggedError<ChunkIdTaken>()("ChunkIdTaken", { documentId: DocumentId }) {
  override get message(): string {
    return `a chunk id of document ${this.documentId} is taken`
  }
}

interface StoredDocument {
  readonly document: Document
  readonly sequence: number
  readonly chunks: ReadonlyArray<IndexedChunk>
}

type Workspace = ReadonlyMap<DocumentId, StoredDocument>

const summarise = (document: Document): DocumentSummary => Struct.omit(document, ["content"])

const isTaken = (workspace: Workspace, id: DocumentId, chunks: ReadonlyArray<IndexedChunk>): boolean => {
  const ids = new Set(chunks.map(({ chunk }) => chunk.id))
  const others = workspace.values().filter(({ document }) => document.id !== id)
  return ids.size < chunks.length || others.some((other) => other.chunks.some(({ chunk }) => ids.has(chunk.id)))
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
    ) => Effect.Effect<Document, ChunkIdTaken>
    readonly find: (workspaceId: WorkspaceId, id: DocumentId) => Effect.Effect<Option.Option<Document>>
    /** Newest first. */
    readonly list: (
      workspaceId: WorkspaceId,
      page: { readonly limit: number; readonly after: DocumentCursor | null }
    ) => Effect.Effect<DocumentPage>
    readonly remove: (workspaceId: WorkspaceId, id: DocumentId) => Effect.Effect<void, DocumentNotFound>
    readonly search: (
      workspaceId: WorkspaceId,
      terms: ReadonlyArray<QueryTerm>,
      limit: number
    ) => Effect.Effect<KnowledgeMatches>
  }
>()("@butler/domain/Knowledge") {
  static readonly layerMemory = Layer.sync(Knowledge, () => {
    const workspaces = new Map<WorkspaceId, Map<DocumentId, StoredDocument>>()
    let sequence = 0
    const of = (workspaceId: WorkspaceId): Map<DocumentId, StoredDocument> => workspaces.get(workspaceId) ?? new Map()
    return Knowledge.of({
      put: Effect.fn("Knowledge.put")(function* (workspaceId, document, chunks) {
        const workspace = of(workspaceId)
        if (isTaken(workspace, document.id, chunks)) return yield* new ChunkIdTaken({ documentId: document.id })
        const old = workspace.get(document.id)
        const createdAt = old?.document.createdAt ?? document.createdAt
        const stored = { document: { ...document, createdAt }, sequence: old?.sequence ?? ++sequence, chunks }
        workspaces.set(workspaceId, workspace.set(document.id, stored))
        return stored.document
      }),
      find: (workspaceId, id) => Effect.sync(() => Option.fromUndefinedOr(of(workspaceId).get(id)?.document)),
      list: (workspaceId, { limit, after }) =>
        Effect.sync(() => {
          const older = [...of(workspaceId).values()]
            .filter((stored) => after === null || stored.sequence < Number(after))
            .toSorted((a, b) => b.sequence - a.sequence)
          const page = older.slice(0, limit)
          const last = page.at(-1)
          return {
            documents: page.map(({ document }) => summarise(document)),
            next: last !== undefined && older.length > limit ? DocumentCursor.make(String(last.sequence)) : null
          }
        }),
      remove: Effect.fn("Knowledge.remove")(function* (workspaceId, id) {
        if (!of(workspaceId).delete(id)) return yield* new DocumentNotFound({ documentId: id })
      }),
      search: (workspaceId, terms, limit) =>
        Effect.sync(() =>
          searchMemory(
            [...of(workspaceId).values()].flatMap(({ chunks }) => chunks),
            terms,
            limit
          )
        )
    })
  })
}
