import { Context, type Effect, type Option } from "effect"

/** `index` is that of the text among those that were given; `score` is within 0..1. */
export interface RankedText {
  readonly index: number
  readonly score: number
}

/** Reads each text together with the query, which sorts better than any index and is slower. */
export class Reranker extends Context.Service<
  Reranker,
  {
    /** The best texts first, at most `limit`. None where they cannot be had at once. */
    readonly rank: (
      query: string,
      texts: ReadonlyArray<string>,
      limit: number
    ) => Effect.Effect<Option.Option<ReadonlyArray<RankedText>>>
  }
>()("@butler/domain/Reranker") {}
