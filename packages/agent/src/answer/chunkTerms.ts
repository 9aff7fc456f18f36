import type { ScoredChunk } from "@butler/domain"
import { storedTerms } from "../text/terms.ts"

type Source = Pick<ScoredChunk, "content" | "documentName" | "id" | "lang">

interface Kept {
  readonly source: Source
  readonly terms: ReadonlySet<string>
}

/** About 8 MB of chunks of the usual size. The chunks that are found again and again are few. */
const MOST_CHUNKS = 1_000

/** The least recently used first. */
const kept = new Map<string, Kept>()

const isOf = ({ source }: Kept, { content, documentName, lang }: Source): boolean =>
  source.content === content && source.documentName === documentName && source.lang === lang

const keep = (chunk: Source): Kept => {
  const { content, documentName, id, lang } = chunk
  const terms = new Set(storedTerms(`${documentName}\n${content}`, { code: lang, certain: false }))
  return { source: { id, content, documentName, lang }, terms }
}

/**
 * The terms of a chunk and its document's name. Kept for the next search that finds the chunk, since cutting eight chunks into
 * words takes a tenth of a turn's processor time; a chunk that was changed is cut anew.
 */
export const chunkTerms = (chunk: Source): ReadonlySet<string> => {
  const known = kept.get(chunk.id)
  const current = known !== undefined && isOf(known, chunk) ? known : keep(chunk)
  kept.delete(chunk.id)
  kept.set(chunk.id, current)
  if (kept.size > MOST_CHUNKS) kept.delete(kept.keys().next().value ?? "")
  return current.terms
}
