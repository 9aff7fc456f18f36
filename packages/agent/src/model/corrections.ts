import type { DetectedLanguage, TextAnalyzer } from "@butler/domain"
import { dataLine } from "./untrusted.ts"

/** What a model is told that claimed to have done what nothing was done for. */
export const claimCorrection = (quote: string): string =>
  `Your draft was rejected: it said ${dataLine(quote)}, yet no tool has done anything of the kind. Answer again. Call the tool that does it, if there is one; else say honestly what you can and cannot do, and offer to bring in a person. Do not say that anything was done, is being done or will be done at once, unless this conversation shows that a tool did it before.`

/** What a model is told that spoke another language than the contact. */
export const languageCorrection = (spoken: DetectedLanguage, { code, name }: DetectedLanguage): string =>
  `Your draft was in ${spoken.name} (${spoken.code}), but the contact wrote in ${name} (${code}). Unless the contact or your instructions ask for ${spoken.name}, say the same in ${name}.`

/** Languages that short texts do not tell apart. */
const ALIKE: ReadonlyArray<ReadonlySet<string>> = [
  new Set(["da", "no", "nb", "nn", "sv"]),
  new Set(["es", "pt", "gl", "ca", "it"]),
  new Set(["id", "ms"]),
  new Set(["ru", "uk", "be", "bg", "sr", "mk"]),
  new Set(["hr", "sr", "bs", "sl"]),
  new Set(["cs", "sk"]),
  new Set(["nl", "af", "de"]),
  new Set(["ar", "fa", "ur", "ku"]),
  new Set(["zh", "ja"])
]

/** Letters that a reply must have before its language counts: names, numbers and quotations make up less. */
const TELLING_LETTERS = 60

/** A character that is a word by itself says as much as three letters. */
const letters = (text: string): number =>
  (text.match(/\p{L}/gu)?.length ?? 0) + 2 * (text.match(/\p{Script=Han}/gu)?.length ?? 0)

/** Whole words, or characters where these are words. */
const TELLING_WORDS = 4
const words = (text: string): number =>
  text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|\p{L}+/gu)?.length ?? 0

/** The language of a reply where it plainly is another one than the contact's; else undefined. */
export const otherLanguage = (
  text: string,
  query: string,
  asked: DetectedLanguage,
  detectLanguage: TextAnalyzer["Service"]["detectLanguage"]
): DetectedLanguage | undefined => {
  if (!asked.certain || letters(text) < TELLING_LETTERS || words(query) < TELLING_WORDS) return undefined
  const spoken = detectLanguage(text)
  if (!spoken.certain || spoken.code === asked.code) return undefined
  return ALIKE.some((group) => group.has(spoken.code) && group.has(asked.code)) ? undefined : spoken
}
