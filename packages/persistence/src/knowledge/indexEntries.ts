import { integerArray, textArray } from "../database/arrays.ts"
import { bucketOf } from "./bucketOf.ts"
import type { CountedChunk } from "./countTerms.ts"
import { packPosting } from "./posting.ts"

/** What a document adds to an index: its postings with their terms and those's buckets, as array literals of one length. */
export interface IndexEntries {
  readonly chunkCount: number
  readonly totalLength: number
  readonly postingCount: number
  readonly buckets: string
  readonly terms: string
  /** With the chunks' places in the document for keys. */
  readonly postings: string
}

/** The entries of the chunks that are enabled. */
export const indexEntries = (chunks: ReadonlyArray<CountedChunk>): IndexEntries => {
  const buckets: Array<number> = []
  const terms: Array<string> = []
  const postings: Array<number> = []
  for (const [place, { chunk, counts, length }] of chunks.entries()) {
    if (!chunk.enabled) continue
    for (const [term, occurrences] of counts) {
      buckets.push(bucketOf(term))
      terms.push(term)
      postings.push(packPosting(place, occurrences, length))
    }
  }
  const enabled = chunks.filter(({ chunk }) => chunk.enabled)
  return {
    chunkCount: enabled.length,
    totalLength: enabled.reduce((sum, { length }) => sum + length, 0),
    postingCount: postings.length,
    buckets: integerArray(buckets),
    terms: textArray(terms),
    postings: integerArray(postings)
  }
}
