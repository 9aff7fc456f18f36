import { Effect } from "effect"
import type { WorkspaceId } from "../ids/brands.ts"
import { type KnowledgeMatches, NO_MATCHES } from "./Chunk.ts"
import { Knowledge } from "./Knowledge.ts"
import { type DetectedLanguage, TextAnalyzer } from "./TextAnalyzer.ts"

export interface KnowledgeSearch {
  readonly workspaceId: WorkspaceId
  readonly query: string
  readonly limit: number
  /** The language of the query where the caller knows it already. */
  readonly language?: DetectedLanguage
}

/** The workspace's chunks that fit the query best. A query without a word (only punctuation) finds nothing. */
export const searchKnowledge = Effect.fn("Knowledge.search")(function* (search: KnowledgeSearch) {
  const analyzer = yield* TextAnalyzer
  const terms = analyzer.queryTerms(search.query, search.language ?? analyzer.detectLanguage(search.query))
  if (terms.length === 0) return NO_MATCHES
  const knowledge = yield* Knowledge
  const matches: KnowledgeMatches = yield* knowledge.search(search.workspaceId, terms, search.limit)
  return matches
})
