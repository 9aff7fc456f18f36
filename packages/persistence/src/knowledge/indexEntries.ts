import { integerArray, textArray } from "../database/arrays.ts"
import type { CountedChunk } from "./countTerms.ts"
import { packPosting } from "./posting.ts"

/** What a document adds to an index, as array literals: the postings of all terms in a row, and which of them are each term's. */
export interface IndexEntries {
  readonly chunkCount: number
  readonly totalLength: number
  readonly terms: string
  readonly starts: string
  readonly ends: string
  /** With the chunks' places in the document for keys. */
  readonly postings: string
}

const postingsByTerm = (chunks: ReadonlyArray<CountedChunk>): ReadonlyMap<string, ReadonlyArray<number>> => {
  const byTerm = new Map<string, Array<number>>()
  for (const [place, { chunk, counts, length }] of chunks.entries()) {
    if (!chunk.enabled) continue
    for (const [term, occurrences] of counts) {
      const posting = packPosting(place, occurrences, length)
      const known = byTerm.get(term)
      if (known === undefined) byTerm.set(term, [posting])
      else known.push(posting)
    }
  }
  return byTerm
}

/** The entries of the chunks that are enabled; terms about as the index sorts them, which spares it a third of its work. */
export const indexEntries = (chunks: ReadonlyArray<CountedChunk>): IndexEntries => {
  const enabled = chunks.filter(({ chunk }) => chunk.enabled)
  const byTerm = postingsByTerm(chunks)
  const terms = [...byTerm.keys()].toSorted()
  const postings = terms.map((term) => byTerm.get(term) ?? [])
  let end = 0
  const ends = postings.map(({ length }) => (end += length))
  return {
    chunkCount: enabled.length,
    totalLength: enabled.reduce((sum, { length }) => sum + length, 0),
    terms: textArray(terms),
    starts: integerArray(postings.map(({ length }, index) => (ends[index] ?? 0) - length + 1)),
    ends: integerArray(ends),
    postings: integerArray(postings.flat())
  }
}
