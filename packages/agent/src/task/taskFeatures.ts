import { normaliseText, wordsOf } from "../text/words.ts"

/** What a text is told by, each with its weight: words, pairs of neighbouring words, pieces of words, words as they are spelt. */
export type Features = ReadonlyMap<string, number>

/** Pieces stand in for words that are written or bent in another way; pairs tell "how long" from "how much". */
const WEIGHTS = { word: 1, pair: 0.5, piece: 0.3, spelt: 0.4, character: 0.4 }

const SHORTEST_PIECE = 3
const LONGEST_PIECE = 4

/** Marks that no word has; pairs have a space. */
const PIECE = "~"
const SPELT = "="
const NO_WORD = /^[~=]| /u

const HAN = /\p{Script=Han}/u

export const isWord = (feature: string): boolean => !NO_WORD.test(feature)

const piecesOf = (word: string): ReadonlyArray<string> => {
  const letters = [" ", ...word, " "]
  const pieces: Array<string> = []
  for (let length = SHORTEST_PIECE; length <= LONGEST_PIECE; length++) {
    for (let at = 0; at + length <= letters.length; at++) pieces.push(PIECE + letters.slice(at, at + length).join(""))
  }
  return pieces
}

/** The features of a text, given its terms. */
export const taskFeatures = (text: string, terms: ReadonlyArray<string>): Features => {
  const words = wordsOf(normaliseText(text).toLowerCase())
  const features = new Map<string, number>()
  const weigh = (weight: number, all: ReadonlyArray<string>) => {
    const counts = new Map<string, number>()
    for (const feature of all) counts.set(feature, (counts.get(feature) ?? 0) + 1)
    for (const [feature, times] of counts) features.set(feature, weight * (1 + Math.log(times)))
  }
  weigh(WEIGHTS.word, terms)
  weigh(
    WEIGHTS.pair,
    terms.slice(1).map((term, index) => `${terms[index]} ${term}`)
  )
  weigh(WEIGHTS.piece, terms.flatMap(piecesOf))
  weigh(
    WEIGHTS.spelt,
    words.filter((word) => !HAN.test(word)).map((word) => SPELT + word)
  )
  weigh(
    WEIGHTS.character,
    words.filter((word) => HAN.test(word)).flatMap((word) => [...word].map((character) => SPELT + character))
  )
  return features
}
