import type { QueryTerm } from "./TextAnalyzer.ts"

/** Term saturation and length normalisation: b from 0.4 to 0.75 and k1 from 0.9 to 1.5 differ by under 0.01 in top-1. */
export const BM25 = { k1: 1.2, b: 0.75 } as const

/** What a term tells: much if few of the chunks have it, never below zero. */
export const inverseFrequency = (chunkCount: number, frequency: number): number =>
  Math.log(1 + (chunkCount - frequency + 0.5) / (frequency + 0.5))

/** BM25 of one term in one chunk: 1 × `idf` for a term that occurs once in a chunk of average length. */
export const termScore = (idf: number, occurrences: number, length: number, averageLength: number): number =>
  (idf * occurrences * (BM25.k1 + 1)) / (occurrences + BM25.k1 * (1 - BM25.b + (BM25.b * length) / averageLength))

/** What a search knows of its terms: how many chunks there are, and how many of them have each term. */
export interface TermStatistics {
  readonly chunkCount: number
  readonly frequencies: ReadonlyMap<string, number>
}

/**
 * What each word of the query tells. The forms of a word count as one term that is as frequent as the most frequent of them:
 * else a form that belongs to another language would be rare, and by that weigh more than the right one.
 */
export const wordWeights = (
  terms: ReadonlyArray<QueryTerm>,
  { chunkCount, frequencies }: TermStatistics
): ReadonlyMap<number, number> => {
  const words = new Map<number, number>()
  for (const { term, word } of terms) words.set(word, Math.max(words.get(word) ?? 0, frequencies.get(term) ?? 0))
  return new Map(words.entries().map(([word, frequency]) => [word, inverseFrequency(chunkCount, frequency)]))
}

/** The score of an average chunk that has each word of the query once, words that nothing has left out. */
const referenceScore = (terms: ReadonlyArray<QueryTerm>, statistics: TermStatistics): number => {
  const known = new Set(terms.filter(({ term }) => statistics.frequencies.has(term)).map(({ word }) => word))
  return wordWeights(terms, statistics)
    .entries()
    .reduce((sum, [word, weight]) => (known.has(word) ? sum + weight : sum), 0)
}

/** Brings the BM25 scores of one query into 0..1, keeping their order; a chunk with each word once comes to 0.86. */
export const scoreNormaliser = (
  terms: ReadonlyArray<QueryTerm>,
  statistics: TermStatistics
): ((score: number) => number) => {
  const reference = referenceScore(terms, statistics)
  return (score) => (reference === 0 ? 0 : 1 - Math.exp((-2 * score) / reference))
}
