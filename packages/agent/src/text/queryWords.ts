import type { DetectedLanguage } from "@butler/domain"
import { type QueryForm, queryForms } from "./wordForms.ts"
import { characterPairsOf, normaliseText, wordsOf } from "./words.ts"

/** Questions are a sentence or a few; what is pasted behind them adds time and no meaning. */
const LONGEST_QUERY = 2000

/** A query of so few words may be in another language than was judged. */
const SHORT_QUERY = 4

/** A word of a query with the forms it may be stored under and, in scripts that need them, its pairs of characters. */
export interface QueryWord {
  readonly word: string
  readonly forms: ReadonlyArray<QueryForm>
  readonly pairs: ReadonlyArray<string>
}

export const normaliseQuery = (text: string): string => normaliseText(text.slice(0, LONGEST_QUERY))

/** The different words of a normalised query, in their order. */
export const queryWords = (query: string, { code }: Pick<DetectedLanguage, "code">): ReadonlyArray<QueryWord> => {
  const words = [...new Set(wordsOf(query))]
  return words.map((word) => ({
    word: word.toLowerCase(),
    forms: queryForms(word, code, words.length <= SHORT_QUERY),
    pairs: characterPairsOf(word)
  }))
}
