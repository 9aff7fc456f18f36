import { Clock, Effect, Layer, Option } from "effect"
import { ChunkVectors, type VectorWork } from "../knowledge/ChunkVectors.ts"
import { KnowledgeStore, type StoredKnowledge } from "./KnowledgeStore.ts"

const lacking = ({ documents, vectors }: StoredKnowledge, model: string) =>
  [...documents.values()].flatMap(({ chunks, document }) =>
    chunks
      .filter(({ chunk }) => chunk.enabled && vectors.get(chunk)?.model !== model)
      .map(({ chunk }) => ({
        knowledgeBaseId: document.knowledgeBaseId,
        id: chunk.id,
        text: `${chunk.documentName}\n${chunk.content}`
      }))
  )

/** `ChunkVectors` over the shared memory. */
export const ChunkVectorsMemory: Layer.Layer<ChunkVectors, never, KnowledgeStore> = Layer.effect(
  ChunkVectors,
  Effect.map(KnowledgeStore, (store) => {
    const leaseUntil = ({ knowledgeBaseId, workspaceId }: VectorWork, until: number) =>
      store.of(workspaceId).leasedUntil.set(knowledgeBaseId, until)
    return ChunkVectors.of({
      offered: Effect.succeed(true),
      claim: Effect.fn("ChunkVectors.claim")(function* (model, { leaseMs, limit }) {
        const now = yield* Clock.currentTimeMillis
        for (const [workspaceId, stored] of store.all()) {
          const open = lacking(stored, model).filter(
            ({ knowledgeBaseId }) => (stored.leasedUntil.get(knowledgeBaseId) ?? 0) <= now
          )
          const knowledgeBaseId = open[0]?.knowledgeBaseId
          if (knowledgeBaseId === undefined) continue
          const chunks = open.filter((chunk) => chunk.knowledgeBaseId === knowledgeBaseId).slice(0, limit)
          const work: VectorWork = { workspaceId, knowledgeBaseId, model, from: 0, through: 0, chunks }
          leaseUntil(work, now + leaseMs)
          return Option.some(work)
        }
        return Option.none()
      }),
      store: (work, vectors) =>
        Effect.sync(() => {
          const { documents, vectors: kept } = store.of(work.workspaceId)
          const made = new Map(work.chunks.map(({ id }, index) => [id, vectors[index] ?? []]))
          for (const { chunk } of documents.values().flatMap(({ chunks }) => chunks)) {
            const values = made.get(chunk.id)
            if (values !== undefined) kept.set(chunk, { model: work.model, values })
          }
          leaseUntil(work, 0)
        }),
      putOff: (work, delayMs) => Effect.map(Clock.currentTimeMillis, (now) => void leaseUntil(work, now + delayMs))
    })
  })
)
