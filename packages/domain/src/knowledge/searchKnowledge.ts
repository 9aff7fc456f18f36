import { Effect } from "effect"
import type { KnowledgeBaseId, WorkspaceId } from "../ids/brands.ts"
import { type KnowledgeMatches, NO_MATCHES } from "./Chunk.ts"
import { DEFAULT_KNOWLEDGE_BASE } from "./KnowledgeBase.ts"
import { Knowledge } from "./Knowledge.ts"
import { type DetectedLanguage, TextAnalyzer } from "./TextAnalyzer.ts"

export interface KnowledgeSearch {
  readonly workspaceId: WorkspaceId
  /** The default one alone unless they are named. */
  readonly knowledgeBaseIds?: ReadonlyArray<KnowledgeBaseId> | undefined
  readonly query: string
  readonly limit: number
  /** The language of the query where the caller knows it already. */
  readonly language?: DetectedLanguage
}

/** The chunks of the knowledge bases that fit the query best. A query without a word (only punctuation) finds nothing. */
export const searchKnowledge = Effect.fn("Knowledge.search")(function* (search: KnowledgeSearch) {
  const analyzer = yield* TextAnalyzer
  const terms = analyzer.queryTerms(search.query, search.language ?? analyzer.detectLanguage(search.query))
  if (terms.length === 0) return NO_MATCHES
  const knowledge = yield* Knowledge
  const knowledgeBaseIds = search.knowledgeBaseIds ?? [DEFAULT_KNOWLEDGE_BASE]
  const matches: KnowledgeMatches = yield* knowledge.search(search.workspaceId, {
    knowledgeBaseIds,
    terms,
    limit: search.limit,
    text: search.query
  })
  return matches
})
