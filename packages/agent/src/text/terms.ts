import type { DetectedLanguage, QueryTerm } from "@butler/domain"
import { normaliseQuery, queryWords } from "./queryWords.ts"
import { storedForms } from "./wordForms.ts"
import { characterPairsOf, hanCharactersOf, normaliseText, wordsOf } from "./words.ts"

const SINGLE_HAN = /^\p{Script=Han}$/u

/** A single character says little; at this weight it does XQuAD's Chinese questions no harm (top-1 0.935, without 0.932). */
const CHARACTER = 0.2

/**
 * NFKC, lower case, words, stems, pairs of Han and Hangul characters, and single Han characters. No stop words: they would
 * eat 安全 and 问题.
 */
export const storedTerms = (
  text: string,
  { code, certain }: Pick<DetectedLanguage, "code" | "certain">
): ReadonlyArray<string> => {
  const plain = normaliseText(text)
  return [
    ...wordsOf(plain).flatMap((word) => (SINGLE_HAN.test(word) ? [] : storedForms(word, code, certain))),
    ...characterPairsOf(plain),
    ...hanCharactersOf(plain)
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
  hanCharactersOf(query).forEach((character, index) => add(character, CHARACTER, words.length + pairs.length + index))
  return [...terms.values()]
}
