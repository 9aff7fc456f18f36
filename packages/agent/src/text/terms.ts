import type { DetectedLanguage, QueryTerm } from "@butler/domain"
import { normaliseQuery, queryWords } from "./queryWords.ts"
import { storedForms } from "./wordForms.ts"
import { characterPairsOf, hanInitialsOf, normaliseText, wordsOf } from "./words.ts"

const SINGLE_HAN = /^\p{Script=Han}$/u

/** A single character says little; at this weight it does XQuAD's Chinese questions no harm. */
const INITIAL = 0.2

/**
 * NFKC, lower case, words, stems, pairs of Han and Hangul characters, and the first characters of Han words. No stop words:
 * they would eat 安全 and 问题.
 */
export const storedTerms = (
  text: string,
  { code, certain }: Pick<DetectedLanguage, "code" | "certain">
): ReadonlyArray<string> => {
  const plain = normaliseText(text)
  const words = wordsOf(plain)
  return [
    ...words.flatMap((word) => (SINGLE_HAN.test(word) ? [] : storedForms(word, code, certain))),
    ...characterPairsOf(plain),
    ...hanInitialsOf(words)
  ]
}

/** The same for a query, each term once, with every form its words may have been stored under. */
export const queryTerms = (text: string, language: Pick<DetectedLanguage, "code">): ReadonlyArray<QueryTerm> => {
  const query = normaliseQuery(text)
  const words = queryWords(query, language)
  const terms = new Map<string, QueryTerm>()
  const add = (term: string, weight: number, word: number) => {
    const known = terms.get(term)
    if (known === undefined || known.weight < weight) terms.set(term, { term, weight, word: known?.word ?? word })
  }
  words.forEach(({ forms }, index) => {
    for (const { form, weight } of forms) add(form, weight, index)
  })
  const pairs = characterPairsOf(query)
  pairs.forEach((pair, index) => add(pair, 1, words.length + index))
  hanInitialsOf(words.map(({ word }) => word)).forEach((initial, index) =>
    add(initial, INITIAL, words.length + pairs.length + index)
  )
  return [...terms.values()]
}
