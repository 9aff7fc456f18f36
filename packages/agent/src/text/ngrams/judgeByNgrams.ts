import { readEldTables } from "./eldTables.ts"

/** What the n-grams of a text say about its language. */
export interface NgramVerdict {
  /** Empty when no n-gram is known. */
  readonly language: string
  /** Whether the text has about as much of its language as others in it have. */
  readonly reliable: boolean
  /** How much speaks for a language, 0..1. */
  readonly scoreOf: (language: string) => number
}

const { addScores, averages, characters, languages } = readEldTables()

/** An apostrophe stays with the word behind it, and one between letters with both. */
const SEPARATORS = /[^\p{L}]+(?<!['`\u2019])/gu

const MOST_BYTES = 350
const MOST_BYTES_OF_A_WORD = 70

/** Words in eld's spelling of their bytes. */
const wordsIn = (text: string): ReadonlyArray<string> => {
  const words: Array<string> = []
  let bytes = 0
  for (const word of text.replace(SEPARATORS, " ").trim().toLowerCase().split(" ")) {
    if (word === "") continue
    const encoded = Buffer.from(word)
    words.push(Array.from(encoded, (byte) => characters[byte] ?? " ").join(""))
    bytes += encoded.length
    if (bytes > MOST_BYTES) break
    bytes += 1
  }
  return words
}

const LENGTH = 4
const STRIDE = 3

const ngramsOf = (words: ReadonlyArray<string>): ReadonlySet<string> => {
  const ngrams = new Set<string>()
  for (const word of words) {
    const length = Math.min(word.length, MOST_BYTES_OF_A_WORD)
    let at = 0
    for (; at + LENGTH < length; at += STRIDE) ngrams.add((at === 0 ? " " : "") + word.slice(at, at + LENGTH))
    ngrams.add(`${at === 0 ? " " : ""}${word.slice(Math.max(length - LENGTH, 0))} `)
  }
  return ngrams
}

/** Brings sums for n-grams into 0..1. */
const SCALE = 25

const FEWEST_NGRAMS = 3
const LEAST_OF_AVERAGE = 0.75

/**
 * Judges the language of a text as eld 2.1 does, with eld's own table: a test holds it to the same verdicts. Texts are judged
 * by their first 350 bytes.
 */
export const judgeByNgrams = (text: string): NgramVerdict => {
  const ngrams = ngramsOf(wordsIn(text))
  const sums = languages.map(() => 0)
  for (const ngram of ngrams) addScores(ngram, sums)
  const scores = sums.map((sum) => sum / (sum + SCALE * ngrams.size))
  const best = Math.max(...sums)
  if (best === 0) return { language: "", reliable: false, scoreOf: () => 0 }
  const number = sums.indexOf(best)
  const language = languages[number] ?? ""
  const score = scores[number] ?? 0
  const reliable = ngrams.size >= FEWEST_NGRAMS && score >= LEAST_OF_AVERAGE * (averages.get(language) ?? 1)
  return { language, reliable, scoreOf: (code) => scores[languages.indexOf(code)] ?? 0 }
}
