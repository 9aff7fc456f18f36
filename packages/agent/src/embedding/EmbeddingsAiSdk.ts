import { type Embedding, Embeddings, EmbeddingsFailed, EndpointCalls, type TurnStep } from "@butler/domain"
import { Cache, Clock, Effect, Exit, Layer, Option } from "effect"
import { Agent } from "undici"
import type { OperatorModel } from "../model/modelConfig.ts"
import { modelFetch } from "../model/modelFetch.ts"
import { endpointStep } from "./endpointStep.ts"

export interface EmbeddingsOptions {
  /** How long a search waits for the vector of its query before it goes by words alone. */
  readonly queryMs?: number
  readonly passagesMs?: number
}

/** Questions that are asked again and again are few. */
const KEPT_QUERIES = 500

/** The SDK takes 0.1 s and 25 MB, which a process spares until it has something to embed. */
const load = Effect.promise(() => import("./embedTexts.ts"))

/** What a call came to, with what it used, which is told once however often its result is. */
interface Made {
  readonly vectors: ReadonlyArray<ReadonlyArray<number>>
  untold: TurnStep | null
}

const tell = Effect.fnUntraced(function* (made: Made) {
  const { untold, vectors } = made
  made.untold = null
  if (untold !== null) yield* (yield* EndpointCalls)(untold)
  return vectors
})

/** As many as were asked for, all of one length, all numbers. */
const isWhole = (vectors: ReadonlyArray<ReadonlyArray<number>>, count: number): boolean =>
  vectors.length === count &&
  vectors.every((vector) => vector.length > 0 && vector.length === vectors[0]?.length && vector.every(Number.isFinite))

/** Vectors from an OpenAI-compatible endpoint that the operator chose, through the AI SDK. */
export const EmbeddingsAiSdk = (
  endpoint: OperatorModel,
  { passagesMs = 60_000, queryMs = 1_500 }: EmbeddingsOptions = {}
): Layer.Layer<Embeddings> =>
  Layer.effect(
    Embeddings,
    Effect.gen(function* () {
      const agent = yield* Effect.acquireRelease(
        Effect.sync(() => new Agent({ connect: { timeout: 5_000 }, headersTimeout: 0, bodyTimeout: 0 })),
        (own) => Effect.promise(() => own.destroy())
      )
      const fetch = modelFetch(agent)

      const embed = Effect.fnUntraced(function* (texts: ReadonlyArray<string>, retries: number, withinMs: number) {
        const { embedFailure, embedTexts } = yield* load
        const startedAt = yield* Clock.currentTimeMillis
        const { tokens, vectors } = yield* Effect.tryPromise({
          try: (signal) => embedTexts(texts, { endpoint, fetch, retries, signal }),
          catch: (error) => new EmbeddingsFailed({ detail: embedFailure(error, startedAt) })
        }).pipe(
          Effect.timeoutOrElse({
            duration: withinMs,
            orElse: () => Effect.fail(new EmbeddingsFailed({ detail: "the endpoint did not answer in time" }))
          })
        )
        const endedAt = yield* Clock.currentTimeMillis
        const untold = endpointStep({ name: "embedding", model: endpoint.model, startedAt, endedAt, texts, tokens })
        if (isWhole(vectors, texts.length)) return { vectors, untold } satisfies Made
        return yield* new EmbeddingsFailed({ detail: "the endpoint answered with something that is not vectors" })
      })

      const queries = yield* Cache.makeWith((text: string) => embed([text], 0, queryMs), {
        capacity: KEPT_QUERIES,
        timeToLive: (exit) => (Exit.isSuccess(exit) ? "1 hour" : 0)
      })
      const toEmbedding = ([values = []]: ReadonlyArray<ReadonlyArray<number>>): Option.Option<Embedding> =>
        values.every((value) => value === 0) ? Option.none() : Option.some({ model: endpoint.model, values })

      return Embeddings.of({
        model: endpoint.model,
        passages: (texts) => Effect.flatMap(embed(texts, 2, passagesMs), tell),
        query: (text) =>
          Cache.get(queries, text).pipe(
            Effect.flatMap(tell),
            Effect.map(toEmbedding),
            Effect.catch(({ detail }) =>
              Effect.as(
                Effect.logWarning("a search goes by words alone: no vector of its query", detail),
                Option.none()
              )
            )
          )
      })
    })
  )
