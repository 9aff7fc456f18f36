import { CLAIM_WORDS, type ClaimWords } from "./claimPatterns.ts"

const SENTENCE_END = /[.!?。！？\n](?=[^.!?。！？\n]*$)/u

/** Characters of a sentence that are looked at; a longer one is a list or a table. */
const LONGEST_SENTENCE = 400

/** The sentence that a text ends in the middle of. */
export const openSentence = (text: string): string => {
  const sample = text.slice(-LONGEST_SENTENCE)
  const end = SENTENCE_END.exec(sample)
  return end === null ? sample : sample.slice(end.index + 1)
}

/** What a claim is looked for by in a reply to somebody who speaks this language; any agent may slip into English. */
export const claimWordsFor = (language: string): ReadonlyArray<ClaimWords> => {
  const own = language === "en" ? undefined : CLAIM_WORDS[language]
  const english = CLAIM_WORDS["en"]
  return [own, english].filter((words) => words !== undefined)
}

/** A claim in a text: where it begins, what it says, and whether what comes next might still make it none. */
export interface FoundClaim {
  readonly at: number
  readonly quote: string
  readonly open: boolean
}

const inside = (text: string, { claims, unless }: ClaimWords): FoundClaim | undefined => {
  for (const pattern of claims) {
    const match = pattern.exec(text)
    if (match === null) continue
    const end = match.index + match[0].length
    if (unless.test(openSentence(text.slice(0, match.index)) + match[0])) continue
    return { at: match.index, quote: match[0], open: end === text.length }
  }
  return undefined
}

/** The first claim in the text to have done something that only a tool does. */
export const findClaim = (text: string, words: ReadonlyArray<ClaimWords>): FoundClaim | undefined =>
  words
    .flatMap((language) => inside(text, language) ?? [])
    .toSorted((a, b) => a.at - b.at)
    .at(0)
