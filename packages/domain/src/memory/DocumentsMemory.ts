import { Effect, Layer, Option, Struct } from "effect"
import type { IndexedChunk } from "../knowledge/Chunk.ts"
import { type Document, DocumentNotFound, type DocumentSummary } from "../knowledge/Document.ts"
import { ChunkIdTaken, DocumentCursor, Knowledge } from "../knowledge/Knowledge.ts"
import { KnowledgeBaseNotFound } from "../knowledge/KnowledgeBase.ts"
import { KnowledgeStore, type StoredKnowledge } from "./KnowledgeStore.ts"
import { searchFused } from "./searchFused.ts"
import { searchMemory } from "./searchMemory.ts"

const summarise = (document: Document): DocumentSummary => Struct.omit(document, ["content"])

const isTaken = ({ documents }: StoredKnowledge, { id }: Document, chunks: ReadonlyArray<IndexedChunk>): boolean => {
  const ids = new Set(chunks.map(({ chunk }) => chunk.id))
  const others = documents.values().filter(({ document }) => document.id !== id)
  return ids.size < chunks.length || others.some((other) => other.chunks.some(({ chunk }) => ids.has(chunk.id)))
}

/** `Knowledge` over the shared memory. */
export const DocumentsMemory: Layer.Layer<Knowledge, never, KnowledgeStore> = Layer.effect(
  Knowledge,
  Effect.map(KnowledgeStore, (store) =>
    Knowledge.of({
      put: Effect.fn("Knowledge.put")(function* (workspaceId, document, chunks) {
        const stored = store.of(workspaceId)
        const { id, knowledgeBaseId } = document
        if (!stored.bases.has(knowledgeBaseId)) return yield* new KnowledgeBaseNotFound({ knowledgeBaseId })
        if (isTaken(stored, document, chunks)) return yield* new ChunkIdTaken({ documentId: id })
        const old = stored.documents.get(id)
        const placed = old?.document.knowledgeBaseId === knowledgeBaseId ? old.sequence : ++stored.lastSequence
        const kept = { ...document, createdAt: old?.document.createdAt ?? document.createdAt }
        stored.documents.set(id, { document: kept, sequence: placed, chunks })
        return kept
      }),
      find: (workspaceId, id) =>
        Effect.sync(() => Option.fromUndefinedOr(store.of(workspaceId).documents.get(id)?.document)),
      list: (workspaceId, { after, knowledgeBaseId, limit }) =>
        Effect.sync(() => {
          const older = [...store.of(workspaceId).documents.values()]
            .filter(({ document }) => document.knowledgeBaseId === knowledgeBaseId)
            .filter(({ sequence }) => after === null || sequence < Number(after))
            .toSorted((a, b) => b.sequence - a.sequence)
          const page = older.slice(0, limit)
          const last = page.at(-1)
          return {
            documents: page.map(({ document }) => summarise(document)),
            next: last !== undefined && older.length > limit ? DocumentCursor.make(String(last.sequence)) : null
          }
        }),
      remove: Effect.fn("Knowledge.remove")(function* (workspaceId, id) {
        if (!store.of(workspaceId).documents.delete(id)) return yield* new DocumentNotFound({ documentId: id })
      }),
      search: (workspaceId, { embedding, knowledgeBaseIds, limit, terms }) =>
        Effect.sync(() => {
          const { documents: stored, vectors } = store.of(workspaceId)
          const documents = [...stored.values()]
          const searched = documents.filter(({ document }) => knowledgeBaseIds.includes(document.knowledgeBaseId))
          const chunks = searched.flatMap((each) => each.chunks)
          return embedding === undefined
            ? searchMemory(chunks, terms, limit)
            : searchFused(chunks, vectors, { terms, embedding, limit })
        })
    })
  )
)
