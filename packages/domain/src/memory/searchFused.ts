import { Struct } from "effect"
import type { Chunk, IndexedChunk, KnowledgeMatches } from "../knowledge/Chunk.ts"
import type { Embedding } from "../knowledge/Embeddings.ts"
import { FUSED, fusedScore } from "../knowledge/fuse.ts"
import type { QueryTerm } from "../knowledge/TextAnalyzer.ts"
import { searchMemory } from "./searchMemory.ts"

interface FusedQuery {
  readonly terms: ReadonlyArray<QueryTerm>
  readonly embedding: Embedding
  readonly limit: number
}

const dot = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)

const similarity = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): number =>
  dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))

/** The best by words and the best by vector, by their places in both: the reference for the statement in SQL. */
export const searchFused = (
  stored: ReadonlyArray<IndexedChunk>,
  vectors: WeakMap<Chunk, Embedding>,
  { embedding, limit, terms }: FusedQuery
): KnowledgeMatches => {
  const { chunks: byWords, statistics } = searchMemory(stored, terms, Math.max(FUSED, limit))
  const byVector = stored
    .flatMap(({ chunk }) => {
      const vector = vectors.get(chunk)
      const isComparable = vector?.model === embedding.model && vector.values.length === embedding.values.length
      return isComparable && chunk.enabled ? [{ chunk, score: similarity(vector.values, embedding.values) }] : []
    })
    .toSorted((a, b) => b.score - a.score)
    .slice(0, FUSED)
  const places = new Map(byVector.map(({ chunk, score }, index) => [chunk.id, { score, place: index + 1 }]))
  const known = new Map(byWords.map((chunk, index) => [chunk.id, { score: chunk.score, place: index + 1 }]))
  const all = new Map([...byWords, ...byVector.map(({ chunk }) => chunk)].map((chunk) => [chunk.id, chunk]))
  const chunks = [...all.values()].map((chunk) => {
    const [words, vector] = [known.get(chunk.id), places.get(chunk.id)]
    const score = fusedScore(words?.place ?? null, vector?.place ?? null)
    const scores = { lexicalScore: words?.score ?? null, vectorScore: vector?.score ?? null, fusedScore: score }
    return Struct.assign(chunk, { score, ...scores })
  })
  return { chunks: chunks.toSorted((a, b) => b.score - a.score).slice(0, limit), statistics }
}
