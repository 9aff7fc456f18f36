import { EmbeddingsAiSdk, RerankerHttp } from "@butler/agent"
import { ChunkVectors, Embeddings, type Knowledge, type ModelUses, refineSearches, Reranker } from "@butler/domain"
import { VectorRunner } from "@butler/ingestion"
import { Context, Effect, Layer } from "effect"
import type { RuntimeConfig } from "./config/RuntimeConfig.ts"
import type { WorkerMode } from "./runners.ts"

type Endpoints = Pick<RuntimeConfig, "embeddings" | "reranker">

const embeddingsOf = Effect.fnUntraced(function* ({ embeddings }: Endpoints) {
  if (embeddings === null) return null
  if (yield* (yield* ChunkVectors).offered) return yield* Layer.build(EmbeddingsAiSdk(embeddings))
  yield* Effect.logWarning("the database has no pgvector of version 0.8 or newer: searches go by words alone")
  return null
})

/** The knowledge, searched as well as the configured endpoints and the database allow; chunks get their vectors beside. */
export const refinedKnowledge = (
  config: Endpoints,
  worker: WorkerMode
): Layer.Layer<Knowledge, never, ChunkVectors | Knowledge | ModelUses> =>
  Layer.unwrap(
    Effect.gen(function* () {
      const context = yield* embeddingsOf(config)
      const reranker =
        config.reranker === null ? null : Context.get(yield* Layer.build(RerankerHttp(config.reranker)), Reranker)
      const embeddings = context === null ? null : Context.get(context, Embeddings)
      const refined = refineSearches({ embeddings, reranker })
      if (embeddings === null || worker === "off") return refined
      return Layer.merge(refined, Layer.provide(VectorRunner(), Layer.succeed(Embeddings, embeddings)))
    })
  )
