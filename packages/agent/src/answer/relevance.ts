import { type DetectedLanguage, inverseFrequency, type TermStatistics } from "@butler/domain"
import { Struct } from "effect"
import { normaliseQuery, type QueryWord, queryWords } from "../text/queryWords.ts"
import { functionWordsOf } from "./functionWords.ts"

/** A word of the query and how much it says about what the query is after. */
export interface WeighedWord extends QueryWord {
  readonly weight: number
}

/**
 * A knowledge base of five chunks knows little about what is rare: every search is judged as if so many more chunks without
 * any of its words were there.
 */
const PRIOR_CHUNKS = 30

/** What a function word, or a single Han character, counts beside a word that names something. */
const LIGHT = 0.15
const SINGLE = 0.4

const HAN = /^\p{Script=Han}/u

/** Also with a particle behind it: 忘了. */
const SINGLE_HAN = /^\p{Script=Han}[了过着的]?$/u

/** Order numbers, phone numbers, dates and amounts: the contact's own, which no document can have. */
const OWN_NUMBER = /\p{N}{4}|^[\p{N}.,]+$/u

/** Also 我想 and 能不能, which are cut as one word: all of their characters are function words. */
const isLight = (word: string, light: ReadonlySet<string>): boolean =>
  light.has(word) || (HAN.test(word) && [...word].every((character) => light.has(character)))

const weightOf = (word: QueryWord, light: ReadonlySet<string>, { chunkCount, frequencies }: TermStatistics): number => {
  const terms = [...word.forms.map(({ form }) => form), ...word.pairs]
  const frequency = terms.reduce((most, term) => Math.max(most, frequencies.get(term) ?? 0), 0)
  if (frequency === 0 && OWN_NUMBER.test(word.word)) return 0
  const rarity = inverseFrequency(chunkCount + PRIOR_CHUNKS, frequency)
  return rarity * (isLight(word.word, light) ? LIGHT : SINGLE_HAN.test(word.word) ? SINGLE : 1)
}

/** The words of a query with their weights. Characters that no dictionary joins (注 销, 微 信) are joined here. */
export const weighWords = (
  query: string,
  language: Pick<DetectedLanguage, "code" | "certain">,
  statistics: TermStatistics
): ReadonlyArray<WeighedWord> => {
  const light = functionWordsOf(language)
  const isLoose = ({ word }: QueryWord) => SINGLE_HAN.test(word) && !light.has(word)
  return joinLoose(queryWords(normaliseQuery(query), language), isLoose).map((word) =>
    Struct.assign(word, { weight: weightOf(word, light, statistics) })
  )
}

const joinLoose = (
  words: ReadonlyArray<QueryWord>,
  isLoose: (word: QueryWord) => boolean
): ReadonlyArray<QueryWord> => {
  const joined: Array<QueryWord> = []
  let loose = ""
  for (const word of words) {
    const last = joined.at(-1)
    if (!isLoose(word)) loose = ""
    else if (last === undefined || loose === "") loose = word.word
    else {
      const text = loose + word.word
      const pairs = [...last.pairs, `${[...loose].at(-1)}${word.word}`]
      joined[joined.length - 1] = { word: text, forms: [{ form: text, weight: 1 }], pairs }
      loose = text
      continue
    }
    joined.push(word)
  }
  return joined
}

/** How much of a word a text has: all of it in any of its forms, or as many of its pairs of characters as it has. */
const presence = ({ forms, pairs }: QueryWord, terms: ReadonlySet<string>): number => {
  if (forms.some(({ form }) => terms.has(form))) return 1
  return pairs.length === 0 ? 0 : pairs.filter((pair) => terms.has(pair)).length / pairs.length
}

/** What share of the query's meaning a text has, by weight, from 0 to 1. */
export const coverage = (words: ReadonlyArray<WeighedWord>, terms: ReadonlySet<string>): number => {
  const total = words.reduce((sum, { weight }) => sum + weight, 0)
  return total === 0 ? 0 : words.reduce((sum, word) => sum + word.weight * presence(word, terms), 0) / total
}
