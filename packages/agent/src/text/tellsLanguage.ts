import type { DetectedLanguage } from "@butler/domain"
import { answerToGreeting } from "../answer/phrases.ts"
import { wordsOf } from "./words.ts"

/** Letters that are not Latin: their script says it. */
const OTHER_LETTERS = /[^\p{Script=Latin}\P{L}]/u

/** Fewer are a name, a code or an "ok", which are in no language; so many are in one, whether it is recognised or not. */
const LEAST_WORDS = 3
const MANY_WORDS = 6

/** More is in a language whatever its first words are. */
const SAMPLE = 600

/** What is no code, number or address. */
const plainWords = (text: string): ReadonlyArray<string> =>
  wordsOf(
    text
      .slice(0, SAMPLE)
      .split(/\s+/u)
      .filter((part) => !/[@\d]/u.test(part))
      .join(" ")
  )

/** Whether a message tells by itself what language somebody speaks. */
export const tellsLanguage = (text: string, { certain }: DetectedLanguage): boolean => {
  if (OTHER_LETTERS.test(text) || answerToGreeting(text, "") !== undefined) return true
  const { length } = plainWords(text)
  return length >= MANY_WORDS || (certain && length >= LEAST_WORDS)
}
