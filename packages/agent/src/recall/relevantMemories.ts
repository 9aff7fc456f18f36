import { type DetectedLanguage, inverseFrequency, type RecalledMemory, type TextAnalyzer } from "@butler/domain"

/** What was told last comes back whatever is asked; of the rest what shares rare words with the query. */
const RECENT = 3
const MOST = 8

type Analyzer = Pick<TextAnalyzer["Service"], "detectLanguage" | "queryTerms" | "terms">

/** The memories that bear on a query, the best first. */
export const relevantMemories = (
  memories: ReadonlyArray<RecalledMemory>,
  query: string,
  language: DetectedLanguage,
  analyzer: Analyzer
): ReadonlyArray<RecalledMemory> => {
  if (memories.length <= MOST) return memories
  const newest = memories.toSorted((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())
  const termsOf = new Map(
    memories.map((memory) => [memory, new Set(analyzer.terms(memory.text, analyzer.detectLanguage(memory.text)))])
  )
  const asked = analyzer.queryTerms(query, language)
  const having = (term: string) => memories.filter((memory) => termsOf.get(memory)?.has(term)).length
  const weights = asked.map(({ term, weight }) => ({
    term,
    weight: weight * inverseFrequency(memories.length, having(term))
  }))
  const scoreOf = (memory: RecalledMemory): number =>
    weights.reduce((sum, { term, weight }) => (termsOf.get(memory)?.has(term) === true ? sum + weight : sum), 0)
  const recent = newest.slice(0, RECENT)
  const bearing = newest
    .slice(RECENT)
    .map((memory) => ({ memory, score: scoreOf(memory) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST - RECENT)
  return [...bearing.map(({ memory }) => memory), ...recent]
}
