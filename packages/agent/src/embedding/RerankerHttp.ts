import { EndpointCalls, Reranker } from "@butler/domain"
import { Clock, Effect, Layer, Option, Redacted, Schema } from "effect"
import { Agent } from "undici"
import type { OperatorModel } from "../model/modelConfig.ts"
import { modelFetch } from "../model/modelFetch.ts"
import { endpointStep } from "./endpointStep.ts"

export interface RerankerOptions {
  /** How long a search waits before it keeps its own order. */
  readonly withinMs?: number
}

const Ranking = Schema.Struct({
  results: Schema.Array(Schema.Struct({ index: Schema.Int, relevance_score: Schema.Finite })),
  /** Jina's; Cohere counts searches. */
  usage: Schema.optionalKey(
    Schema.NullOr(Schema.Struct({ total_tokens: Schema.optionalKey(Schema.NullOr(Schema.Finite)) }))
  )
})
const decode = Schema.decodeUnknownEffect(Ranking)

/** The endpoint refused, or could not be reached; its own text may repeat the key and is left out. */
class RerankRefused extends Schema.TaggedError<RerankRefused>()("RerankRefused", { detail: Schema.String }) {}

/** A reranker as Cohere, Jina and others speak it, at the address that the operator gave. */
export const RerankerHttp = (
  { apiKey, model, url }: OperatorModel,
  { withinMs = 2_000 }: RerankerOptions = {}
): Layer.Layer<Reranker> =>
  Layer.effect(
    Reranker,
    Effect.gen(function* () {
      const agent = yield* Effect.acquireRelease(
        Effect.sync(() => new Agent({ connect: { timeout: withinMs } })),
        (own) => Effect.promise(() => own.destroy())
      )
      const fetch = modelFetch(agent)
      const headers = {
        "content-type": "application/json",
        ...(apiKey !== null && { authorization: `Bearer ${Redacted.value(apiKey)}` })
      }

      const ask = (query: string, documents: ReadonlyArray<string>, limit: number) =>
        Effect.tryPromise({
          try: async (signal) => {
            const body = JSON.stringify({ model, query, documents, top_n: limit })
            const response = await fetch(url, { method: "POST", headers, body, signal })
            if (!response.ok) throw new RerankRefused({ detail: `the endpoint answered ${response.status}` })
            return await response.json()
          },
          catch: (error) =>
            error instanceof RerankRefused ? error : new RerankRefused({ detail: "the endpoint gave no answer" })
        })

      const rank = Effect.fnUntraced(function* (query: string, texts: ReadonlyArray<string>, limit: number) {
        const startedAt = yield* Clock.currentTimeMillis
        const ranking = yield* Effect.flatMap(ask(query, texts, limit), decode)
        const endedAt = yield* Clock.currentTimeMillis
        const tokens = ranking.usage?.total_tokens ?? null
        // The query is read with each of the texts.
        const read = texts.flatMap((text) => [query, text])
        yield* (yield* EndpointCalls)(endpointStep({ name: "rerank", model, startedAt, endedAt, texts: read, tokens }))
        return ranking
      })

      return Reranker.of({
        rank: (query, texts, limit) =>
          rank(query, texts, limit).pipe(
            Effect.timeout(withinMs),
            Effect.map(({ results }) => {
              const known = new Map(results.map(({ index, relevance_score: score }) => [index, score]))
              const ranked = [...known]
                .filter(([index]) => index >= 0 && index < texts.length)
                .map(([index, score]) => ({ index, score: Math.min(Math.max(score, 0), 1) }))
                .toSorted((a, b) => b.score - a.score)
              return ranked.length === 0 ? Option.none() : Option.some(ranked.slice(0, limit))
            }),
            Effect.catch((error) =>
              Effect.as(Effect.logWarning("a search keeps its own order: it was not reranked", error), Option.none())
            )
          )
      })
    })
  )
