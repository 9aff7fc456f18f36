import { type RawBuilder, sql } from "kysely"

/** How many postings a term's own row holds before they are moved to a block: a row that grows is written anew each time. */
export const BLOCK = 32

/**
 * A posting as one number: 32 bits of the chunk's key, 16 of how often it has the term, 16 of its length. They sort by key. Here
 * the key is the chunk's place in its document, which leaves the number exact; the database adds the first key.
 */
export const packPosting = (place: number, occurrences: number, length: number): number =>
  place * 2 ** 32 + occurrences * 65_536 + length

export const keyOf = (posting: RawBuilder<unknown>): RawBuilder<unknown> => sql`(${posting} >> 32)::integer`
export const occurrencesOf = (posting: RawBuilder<unknown>): RawBuilder<unknown> => sql`((${posting} >> 16) & 32767)`
export const lengthOf = (posting: RawBuilder<unknown>): RawBuilder<unknown> => sql`(${posting} & 32767)`

/** The posting of a chunk among postings that are sorted, if it is there: else one of an earlier chunk, or none. */
export const postingOf = (postings: RawBuilder<unknown>, key: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`${postings}[width_bucket(((${key} + 1)::bigint << 32) - 1, ${postings})]`
