import { type Features, isWord, taskFeatures } from "./taskFeatures.ts"

/** A text in the features that examples have, of length 1 with the words that they have not. */
export interface Vector {
  readonly features: Int32Array
  readonly values: Float32Array
}

/** The features that tell tasks apart, and how much each does. */
export interface Vocabulary {
  readonly size: number
  readonly vectorOf: (features: Features) => Vector
}

/** Rarity counts less than it does in a search: a question has few words, and the rare ones are as often chance as meaning. */
const RARITY = 0.6

/** What a function word counts: where examples are few, it is as rare as a word that names something. */
const LIGHT = 0.4

/**
 * Texts that stand for all that people write beside the examples: they have the function words and nothing else. Where there are few
 * examples, "how do I" would otherwise be as rare as what a task is about.
 */
const ELSEWHERE = 10

/** Order numbers, dates and amounts are the contact's own, which no example can have. */
const OWN_NUMBER = /^[\p{N}.,]+$|\p{N}{4}/u

/** A Chinese word that no example has counts less, since its characters come in pairs as well. */
const HAN = /^\p{Script=Han}/u
const IN_PAIRS = 0.7

/** `light` are words that ask or are polite: where no example has them they say nothing. */
export const makeVocabulary = (texts: ReadonlyArray<Features>, light: ReadonlySet<string>): Vocabulary => {
  const examples = new Map<string, number>()
  for (const text of texts) for (const feature of text.keys()) examples.set(feature, (examples.get(feature) ?? 0) + 1)
  const common = new Set([...light].flatMap((word) => Array.from(taskFeatures(word, [word]).keys())))
  // A number, so that what is kept does not keep the texts.
  const total = texts.length + ELSEWHERE + 1
  const rarity = (count: number) => Math.log(total / (count + 0.5)) ** RARITY
  const rarityOf = (feature: string, count: number) => rarity(count + (common.has(feature) ? ELSEWHERE : 0))
  const known = new Map(
    Array.from(examples, ([feature, count], id) => [feature, { id, rarity: rarityOf(feature, count) }] as const)
  )
  const ofUnknown = (word: string) => rarity(0) * (HAN.test(word) ? IN_PAIRS : 1)
  const vectorOf = (text: Features): Vector => {
    const features: Array<number> = []
    const values: Array<number> = []
    let square = 0
    for (const [feature, weight] of text) {
      const found = known.get(feature)
      if (found === undefined && (!isWord(feature) || light.has(feature) || OWN_NUMBER.test(feature))) continue
      const value = weight * (found?.rarity ?? ofUnknown(feature)) * (light.has(feature) ? LIGHT : 1)
      square += value * value
      if (found === undefined) continue
      features.push(found.id)
      values.push(value)
    }
    const length = Math.sqrt(square) || 1
    return { features: Int32Array.from(features), values: Float32Array.from(values, (value) => value / length) }
  }
  return { size: known.size, vectorOf }
}
