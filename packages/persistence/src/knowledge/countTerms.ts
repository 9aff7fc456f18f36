import type { Chunk, IndexedChunk } from "@butler/domain"

/** Occurrences and lengths are stored in two bytes; a passage has some hundred terms. */
const MOST_TERMS = 32_767

/** A chunk with how often it has each term. */
export interface CountedChunk {
  readonly chunk: Chunk
  readonly counts: ReadonlyMap<string, number>
  readonly length: number
}

export const countTerms = ({ chunk, terms }: IndexedChunk): CountedChunk => {
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(term, Math.min((counts.get(term) ?? 0) + 1, MOST_TERMS))
  return { chunk, counts, length: Math.min(terms.length, MOST_TERMS) }
}
