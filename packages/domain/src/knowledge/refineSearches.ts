import { Effect, Layer, Option, Struct } from "effect"
import type { KnowledgeMatches } from "./Chunk.ts"
import type { Embeddings } from "./Embeddings.ts"
import { Knowledge, type KnowledgeQuery } from "./Knowledge.ts"
import type { Reranker } from "./Reranker.ts"

/** What searches are refined with; null: without it. */
export interface Refinements {
  readonly embeddings: Embeddings["Service"] | null
  readonly reranker: Reranker["Service"] | null
}

/** How many chunks a reranker chooses from. */
const RERANKED = 30

const withEmbedding = (embeddings: Embeddings["Service"] | null, query: KnowledgeQuery) =>
  embeddings === null || query.text === undefined
    ? Effect.succeed(query)
    : Effect.map(
        embeddings.query(query.text),
        Option.match({ onNone: () => query, onSome: (embedding) => Struct.assign(query, { embedding }) })
      )

const reranked = Effect.fnUntraced(function* (
  reranker: Reranker["Service"],
  { limit, text = "" }: KnowledgeQuery,
  matches: KnowledgeMatches
) {
  const texts = matches.chunks.map(({ content, documentName }) => `${documentName}\n${content}`)
  const ranked = texts.length < 2 ? Option.none() : yield* reranker.rank(text, texts, limit)
  if (Option.isNone(ranked)) return { ...matches, chunks: matches.chunks.slice(0, limit) }
  const chunks = ranked.value.flatMap(({ index, score }) => {
    const chunk = matches.chunks[index]
    return chunk === undefined ? [] : [{ lexicalScore: chunk.score, ...chunk, score, rerankScore: score }]
  })
  return { ...matches, chunks: chunks.slice(0, limit) }
})

/** The knowledge whose searches also go by what a query means, and are sorted by a reader of both. */
export const refineSearches = ({ embeddings, reranker }: Refinements): Layer.Layer<Knowledge, never, Knowledge> =>
  Layer.effect(
    Knowledge,
    Effect.map(Knowledge, (knowledge) =>
      Knowledge.of({
        ...knowledge,
        search: Effect.fnUntraced(function* (workspaceId, query) {
          const full = yield* withEmbedding(embeddings, query)
          if (reranker === null || query.text === undefined) return yield* knowledge.search(workspaceId, full)
          const wider = Struct.assign(full, { limit: Math.max(query.limit, RERANKED) })
          return yield* reranked(reranker, query, yield* knowledge.search(workspaceId, wider))
        })
      })
    )
  )
