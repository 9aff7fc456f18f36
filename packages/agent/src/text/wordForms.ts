import { foldLatin, foldSpelling } from "./fold.ts"
import { LATIN_STEMMERS, stem } from "./stem.ts"

const LATIN = /^[\p{Script=Latin}\p{M}'’]+$/u
const CYRILLIC = /^[\p{Script=Cyrillic}\p{M}]+$/u
const ARABIC = /^[\p{Script=Arabic}\p{M}]+$/u

const CYRILLIC_LANGUAGES: ReadonlySet<string> = new Set(["ru", "uk", "be", "bg", "sr"])
const ARABIC_LANGUAGES: ReadonlySet<string> = new Set(["ar", "fa", "ur", "ku"])
const UNSPACED_LANGUAGES: ReadonlySet<string> = new Set(["zh", "ja", "ko", "th"])

/** The language a word is stemmed in: the text's, if it is written in the word's script, else the script's most usual one. */
const languageOf = (word: string, textLanguage: string): string | null => {
  if (LATIN.test(word)) {
    const isForeign =
      CYRILLIC_LANGUAGES.has(textLanguage) || ARABIC_LANGUAGES.has(textLanguage) || UNSPACED_LANGUAGES.has(textLanguage)
    return isForeign ? "en" : textLanguage
  }
  if (CYRILLIC.test(word)) return CYRILLIC_LANGUAGES.has(textLanguage) ? textLanguage : "ru"
  if (ARABIC.test(word)) return ARABIC_LANGUAGES.has(textLanguage) ? textLanguage : "ar"
  return null
}

const lower = (word: string, language: string): string =>
  foldSpelling(language === "tr" || language === "az" ? word.toLocaleLowerCase(language) : word.toLowerCase())

const stemmed = (word: string, language: string): string => {
  const stemOf = stem(lower(word, language), language)
  return language === "vi" ? stemOf : foldLatin(stemOf)
}

/**
 * What a stored word is found by: its stem. Where the language is a guess (a short text) also its English stem and the word as
 * it is written, so that the guess does not decide what is found.
 */
export const storedForms = (word: string, textLanguage: string, certain: boolean): ReadonlyArray<string> => {
  const language = languageOf(word, textLanguage)
  if (language === null) return [lower(word, textLanguage)]
  const form = stemmed(word, language)
  if (certain || !LATIN.test(word)) return [form]
  return [...new Set([form, foldLatin(lower(word, "en")), stemmed(word, "en")])]
}

export interface QueryForm {
  readonly form: string
  readonly weight: number
}

/** A form of a language that the query is not known to be in. */
const UNLIKELY = 0.5

/**
 * The forms a word of a query may have been stored under: its stem, the word as it is written with and without marks, its
 * English stem, and, for a query too `short` to be sure of its language, the stem in every other language.
 */
export const queryForms = (word: string, queryLanguage: string, short: boolean): ReadonlyArray<QueryForm> => {
  const language = languageOf(word, queryLanguage)
  const plain = lower(word, queryLanguage)
  if (language === null) return [{ form: plain, weight: 1 }]
  const forms = new Set([stemmed(word, language), plain, foldLatin(plain)])
  if (!LATIN.test(word)) return Array.from(forms, (form) => ({ form, weight: 1 }))
  forms.add(stemmed(word, "en"))
  const unlikely = new Set(short ? LATIN_STEMMERS.map((other) => stemmed(word, other)) : []).difference(forms)
  return [
    ...Array.from(forms, (form) => ({ form, weight: 1 })),
    ...Array.from(unlikely, (form) => ({ form, weight: UNLIKELY }))
  ]
}
