/** What a text is told by, each with its weight: the words, pairs of neighbouring words, and pieces of words. */
export type Features = ReadonlyMap<string, number>

/** Pieces stand in for words that are written or bent in another way; pairs tell "how long" from "how much". */
const WEIGHTS = { word: 1, pair: 0.5, piece: 0.45 }

const SHORTEST_PIECE = 3
const LONGEST_PIECE = 4

/** Pieces begin with a mark and pairs have a space, which no word has. */
const PIECE = "~"

export const isWord = (feature: string): boolean => !feature.startsWith(PIECE) && !feature.includes(" ")

const piecesOf = (word: string): ReadonlyArray<string> => {
  const letters = [" ", ...word, " "]
  const pieces: Array<string> = []
  for (let length = SHORTEST_PIECE; length <= LONGEST_PIECE; length++) {
    for (let at = 0; at + length <= letters.length; at++) pieces.push(PIECE + letters.slice(at, at + length).join(""))
  }
  return pieces
}

/** The features of a text, given its terms. */
export const taskFeatures = (terms: ReadonlyArray<string>): Features => {
  const counts = new Map<string, number>()
  const count = (feature: string) => counts.set(feature, (counts.get(feature) ?? 0) + 1)
  const features = new Map<string, number>()
  const weigh = (weight: number) => {
    for (const [feature, times] of counts) features.set(feature, weight * (1 + Math.log(times)))
    counts.clear()
  }
  terms.forEach(count)
  weigh(WEIGHTS.word)
  terms.slice(1).forEach((term, index) => count(`${terms[index]} ${term}`))
  weigh(WEIGHTS.pair)
  terms.flatMap(piecesOf).forEach(count)
  weigh(WEIGHTS.piece)
  return features
}
