import type { Knowledge, RunnableTurn, TextAnalyzer } from "@butler/domain"

/** What Butler's own tools work with. */
export interface InternalToolContext {
  readonly turn: RunnableTurn
  readonly knowledge: Knowledge["Service"]
  readonly analyzer: TextAnalyzer["Service"]
}
