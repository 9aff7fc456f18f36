import { foldLatin, foldSpelling } from "./fold.ts"
import { LATIN_STEMMERS, stem } from "./stem.ts"

const LATIN = /^[\p{Script=Latin}\p{M}]+$/u
const CYRILLIC = /^[\p{Script=Cyrillic}\p{M}]+$/u
const ARABIC = /^[\p{Script=Arabic}\p{M}]+$/u

const CYRILLIC_LANGUAGES: ReadonlySet<string> = new Set(["ru", "uk", "be", "bg", "sr"])
const ARABIC_LANGUAGES: ReadonlySet<string> = new Set(["ar", "fa", "ur", "ku"])
const WITH_OTHER_LETTERS = new Set(["zh", "ja", "ko", "th", "el", "he", "hi", "ka", "hy", "ta"])
  .union(CYRILLIC_LANGUAGES)
  .union(ARABIC_LANGUAGES)

interface Family {
  /** What a word is taken for in a text of a language that is not written in the word's letters. */
  readonly usual: string
  readonly language: string
}

/** The language a word is stemmed in: the text's, if that is written in the word's letters; null for a word never stemmed. */
const familyOf = (word: string, textLanguage: string): Family | null => {
  const family = (usual: string, hasText: boolean): Family => ({ usual, language: hasText ? textLanguage : usual })
  if (LATIN.test(word)) return family("en", !WITH_OTHER_LETTERS.has(textLanguage))
  if (CYRILLIC.test(word)) return family("ru", CYRILLIC_LANGUAGES.has(textLanguage))
  return ARABIC.test(word) ? family("ar", ARABIC_LANGUAGES.has(textLanguage)) : null
}

const lower = (word: string, language: string): string =>
  foldSpelling(language === "tr" || language === "az" ? word.toLocaleLowerCase(language) : word.toLowerCase())

const stemmed = (word: string, language: string): string => {
  const stemOf = stem(lower(word, language), language)
  return language === "vi" ? stemOf : foldLatin(stemOf)
}

/**
 * What a stored word is found by: its stem. Where the language is a guess (a short text) also its stem in the usual language of
 * its letters and the word as it is written, so that the guess does not decide what is found.
 */
export const storedForms = (word: string, textLanguage: string, certain: boolean): ReadonlyArray<string> => {
  const family = familyOf(word, textLanguage)
  const plain = lower(word, textLanguage)
  if (family === null) return [plain]
  const form = stemmed(word, family.language)
  return certain ? [form] : [...new Set([form, foldLatin(plain), stemmed(word, family.usual)])]
}

export interface QueryForm {
  readonly form: string
  readonly weight: number
}

/** A form of a language that the query is not known to be in. */
const UNLIKELY = 0.5

/** The commonest endings that are typed without their marks, which Spanish and Portuguese stems need. */
const UNMARKED: ReadonlyArray<readonly [ending: RegExp, marked: string, language: string]> = [
  [/([cs])ion$/u, "$1ión", "es"],
  [/cao$/u, "ção", "pt"],
  [/coes$/u, "ções", "pt"]
]

const withMarks = (plain: string): ReadonlyArray<string> =>
  UNMARKED.filter(([ending]) => ending.test(plain)).map(([ending, marked, language]) =>
    stemmed(plain.replace(ending, marked), language)
  )

const otherForms = (word: string, plain: string, short: boolean): ReadonlyArray<string> => {
  if (!LATIN.test(word)) return []
  return short ? [...LATIN_STEMMERS.map((language) => stemmed(word, language)), ...withMarks(plain)] : withMarks(plain)
}

/**
 * The forms a word of a query may have been stored under: its stem, the word as it is written with and without marks, its stem
 * in the usual language of its letters, and, for a query too `short` to be sure of its language, those of the others.
 */
export const queryForms = (word: string, queryLanguage: string, short: boolean): ReadonlyArray<QueryForm> => {
  const family = familyOf(word, queryLanguage)
  const plain = lower(word, queryLanguage)
  if (family === null) return [{ form: plain, weight: 1 }]
  const likely = new Set([stemmed(word, family.language), plain, foldLatin(plain), stemmed(word, family.usual)])
  const others = new Set(otherForms(word, plain, short)).difference(likely)
  return [
    ...Array.from(likely, (form) => ({ form, weight: 1 })),
    ...Array.from(others, (form) => ({ form, weight: UNLIKELY }))
  ]
}
