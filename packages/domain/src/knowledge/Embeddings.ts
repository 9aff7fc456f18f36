import { Context, type Effect, type Option, Schema } from "effect"

/** What a text means, as numbers of one model; those of two models cannot be compared. */
export interface Embedding {
  readonly model: string
  readonly values: ReadonlyArray<number>
}

/** `detail` is safe to show: nothing of the endpoint's own text. */
export class EmbeddingsFailed extends Schema.TaggedError<EmbeddingsFailed>()("EmbeddingsFailed", {
  detail: Schema.String
}) {}

/** Turns texts into vectors: texts that mean the same come to lie close together, whatever their words. */
export class Embeddings extends Context.Service<
  Embeddings,
  {
    readonly model: string
    /** One vector for each text, in their order. */
    readonly passages: (
      texts: ReadonlyArray<string>
    ) => Effect.Effect<ReadonlyArray<ReadonlyArray<number>>, EmbeddingsFailed>
    /** None where it cannot be had at once: a search does not wait for it. */
    readonly query: (text: string) => Effect.Effect<Option.Option<Embedding>>
  }
>()("@butler/domain/Embeddings") {}
