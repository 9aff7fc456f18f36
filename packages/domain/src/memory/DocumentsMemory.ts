import { Effect, Layer, Option, Struct } from "effect"
import { type Document, DocumentNotFound, type DocumentSummary } from "../knowledge/Document.ts"
import { DocumentCursor, Knowledge } from "../knowledge/Knowledge.ts"
import { KnowledgeStore } from "./KnowledgeStore.ts"
import { putInMemory } from "./putInMemory.ts"
import { searchFused } from "./searchFused.ts"
import { searchMemory } from "./searchMemory.ts"

const summarise = (document: Document): DocumentSummary => Struct.omit(document, ["content"])

/** `Knowledge` over the shared memory. */
export const DocumentsMemory: Layer.Layer<Knowledge, never, KnowledgeStore> = Layer.effect(
  Knowledge,
  Effect.map(KnowledgeStore, (store) =>
    Knowledge.of({
      put: Effect.fn("Knowledge.put")(function* (workspaceId, document, chunks) {
        return yield* Effect.fromResult(putInMemory(store.of(workspaceId), document, chunks))
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
