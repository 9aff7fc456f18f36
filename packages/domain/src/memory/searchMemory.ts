import { scoreNormaliser, termScore, wordWeights } from "../knowledge/bm25.ts"
import { type IndexedChunk, type KnowledgeMatches, NO_MATCHES, type ScoredChunk } from "../knowledge/Chunk.ts"
import type { QueryTerm } from "../knowledge/TextAnalyzer.ts"

const countTerms = (terms: ReadonlyArray<string>): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return counts
}

/** BM25 over every chunk, the reference for the index in SQL. Chunks of equal score come in the order they were stored. */
export const searchMemory = (
  stored: ReadonlyArray<IndexedChunk>,
  query: ReadonlyArray<QueryTerm>,
  limit: number
): KnowledgeMatches => {
  const chunks = stored
    .filter(({ chunk }) => chunk.enabled)
    .map(({ chunk, terms }) => ({ chunk, length: terms.length, counts: countTerms(terms) }))
  const averageLength = chunks.reduce((sum, { length }) => sum + length, 0) / chunks.length
  const frequencies = new Map<string, number>()
  for (const { term } of query) {
    const frequency = chunks.filter(({ counts }) => counts.has(term)).length
    if (frequency > 0) frequencies.set(term, frequency)
  }
  const statistics = { chunkCount: chunks.length, frequencies }
  const weights = wordWeights(query, statistics)
  const normalise = scoreNormaliser(query, statistics)
  const scored = chunks.flatMap(({ chunk, counts, length }): ReadonlyArray<ScoredChunk> => {
    let score = 0
    for (const { term, weight, word } of query) {
      const occurrences = counts.get(term) ?? 0
      score += weight * termScore(weights.get(word) ?? 0, occurrences, length, averageLength)
    }
    return score === 0 ? [] : [{ ...chunk, score: normalise(score) }]
  })
  if (scored.length === 0) return NO_MATCHES
  return { chunks: scored.toSorted((a, b) => b.score - a.score).slice(0, limit), statistics }
}
