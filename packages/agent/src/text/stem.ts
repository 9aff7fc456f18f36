import { newStemmer, type Stemmer } from "snowball-stemmers"

/** Languages with a Snowball stemmer, by the script they are written in. */
const ALGORITHMS = {
  Latin: {
    ca: "catalan",
    cs: "czech",
    da: "danish",
    de: "german",
    en: "english",
    es: "spanish",
    eu: "basque",
    fi: "finnish",
    fr: "french",
    hu: "hungarian",
    it: "italian",
    nl: "dutch",
    no: "norwegian",
    pt: "portuguese",
    ro: "romanian",
    sl: "slovene",
    sv: "swedish",
    tr: "turkish"
  },
  Cyrillic: { ru: "russian" },
  Arabic: { ar: "arabic" },
  Other: { hy: "armenian", ta: "tamil" }
} as const

const algorithms = new Map<string, string>(Object.values(ALGORITHMS).flatMap((family) => Object.entries(family)))

/** The languages a Latin word may have been stored under. */
export const LATIN_STEMMERS: ReadonlyArray<string> = Object.keys(ALGORITHMS.Latin)

const stemmers = new Map<string, Stemmer>()
const stems = new Map<string, string>()

/** About 10 MB of words; a stemmer takes 2 to 10 µs a word, a look-up a tenth of one. */
const MOST_STEMS = 100_000

const stemmerOf = (algorithm: string): Stemmer => {
  const known = stemmers.get(algorithm)
  if (known !== undefined) return known
  const stemmer = newStemmer(algorithm)
  stemmers.set(algorithm, stemmer)
  return stemmer
}

/** The word's Snowball stem; the word itself where the language has no stemmer. */
export const stem = (word: string, language: string): string => {
  const algorithm = algorithms.get(language)
  if (algorithm === undefined) return word
  const key = `${language} ${word}`
  const known = stems.get(key)
  if (known !== undefined) return known
  const found = stemmerOf(algorithm).stem(word)
  if (stems.size >= MOST_STEMS) stems.clear()
  stems.set(key, found)
  return found
}
