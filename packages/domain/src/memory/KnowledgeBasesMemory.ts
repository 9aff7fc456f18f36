import { Effect, Layer, Option } from "effect"
import { KnowledgeBaseId } from "../ids/brands.ts"
import {
  DEFAULT_KNOWLEDGE_BASE,
  type KnowledgeBase,
  KnowledgeBaseIsDefault,
  KnowledgeBaseNotFound,
  MAX_KNOWLEDGE_BASES,
  TooManyKnowledgeBases
} from "../knowledge/KnowledgeBase.ts"
import { KnowledgeBases } from "../knowledge/KnowledgeBases.ts"
import { currentDate } from "./currentDate.ts"
import { KnowledgeStore, type StoredKnowledge } from "./KnowledgeStore.ts"

const baseOf = (stored: StoredKnowledge, id: KnowledgeBaseId): KnowledgeBase | undefined => {
  const base = stored.bases.get(id)
  if (base === undefined) return undefined
  const documents = [...stored.documents.values()].filter(({ document }) => document.knowledgeBaseId === id)
  const chunks = documents.flatMap((document) => document.chunks).filter(({ chunk }) => chunk.enabled)
  return { id, ...base, documentCount: documents.length, chunkCount: chunks.length }
}

/** `KnowledgeBases` over the shared memory. */
export const KnowledgeBasesMemory: Layer.Layer<KnowledgeBases, never, KnowledgeStore> = Layer.effect(
  KnowledgeBases,
  Effect.map(KnowledgeStore, (store) =>
    KnowledgeBases.of({
      create: Effect.fn("KnowledgeBases.create")(function* (workspaceId, name) {
        const stored = store.of(workspaceId)
        if (stored.bases.size >= MAX_KNOWLEDGE_BASES) return yield* new TooManyKnowledgeBases()
        const base = { name, createdAt: yield* currentDate }
        const id = KnowledgeBaseId.make(++stored.lastBase)
        stored.bases.set(id, base)
        return { id, ...base, documentCount: 0, chunkCount: 0 }
      }),
      list: (workspaceId) =>
        Effect.sync(() => {
          const stored = store.of(workspaceId)
          return [...stored.bases.keys()].flatMap((id) => baseOf(stored, id) ?? [])
        }),
      find: (workspaceId, id) => Effect.sync(() => Option.fromUndefinedOr(baseOf(store.of(workspaceId), id))),
      rename: Effect.fn("KnowledgeBases.rename")(function* (workspaceId, id, name) {
        const stored = store.of(workspaceId)
        const base = baseOf(stored, id)
        if (base === undefined) return yield* new KnowledgeBaseNotFound({ knowledgeBaseId: id })
        stored.bases.set(id, { name, createdAt: base.createdAt })
        return { ...base, name }
      }),
      remove: Effect.fn("KnowledgeBases.remove")(function* (workspaceId, id) {
        const { bases, documents, sources } = store.of(workspaceId)
        if (id === DEFAULT_KNOWLEDGE_BASE) return yield* new KnowledgeBaseIsDefault()
        if (!bases.delete(id)) return yield* new KnowledgeBaseNotFound({ knowledgeBaseId: id })
        for (const { document } of documents.values()) {
          if (document.knowledgeBaseId === id) documents.delete(document.id)
        }
        for (const { source } of sources.values()) if (source.knowledgeBaseId === id) sources.delete(source.id)
      })
    })
  )
)
