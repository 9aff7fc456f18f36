import type { DetectedLanguage, QueryTerm } from "@butler/domain"
import { queryForms, storedForms } from "./wordForms.ts"
import { characterPairsOf, wordsOf } from "./words.ts"

/** Questions are a sentence or a few; what is pasted behind them adds time and no meaning. */
const LONGEST_QUERY = 2000

/** A query of so few words may be in another language than was judged. */
const SHORT_QUERY = 4

const normalise = (text: string): string => text.toWellFormed().normalize("NFKC")

/** NFKC, lower case, words, stems, and pairs of Han and Hangul characters. No stop words: they would eat 安全 and 问题. */
export const storedTerms = (
  text: string,
  { code, certain }: Pick<DetectedLanguage, "code" | "certain">
): ReadonlyArray<string> => {
  const plain = normalise(text)
  return [...wordsOf(plain).flatMap((word) => storedForms(word, code, certain)), ...characterPairsOf(plain)]
}

/** The same for a query, each term once, with every form its words may have been stored under. */
export const queryTerms = (text: string, { code }: Pick<DetectedLanguage, "code">): ReadonlyArray<QueryTerm> => {
  const plain = normalise(text.slice(0, LONGEST_QUERY))
  const words = [...new Set(wordsOf(plain))]
  const terms = new Map<string, QueryTerm>()
  const add = (term: string, weight: number, word: number) => {
    const known = terms.get(term)
    if (known === undefined || known.weight < weight) terms.set(term, { term, weight, word: known?.word ?? word })
  }
  words.forEach((word, index) => {
    for (const { form, weight } of queryForms(word, code, words.length <= SHORT_QUERY)) add(form, weight, index)
  })
  characterPairsOf(plain).forEach((pair, index) => add(pair, 1, words.length + index))
  return [...terms.values()]
}
