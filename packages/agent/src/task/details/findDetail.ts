import type { DetectedLanguage, RequiredDetail } from "@butler/domain"
import { checkDetail, type ContactDetail, extractDetails } from "@butler/tools/details"
import { functionWordsOf } from "../../answer/functionWords.ts"
import { wordsOf } from "../../text/words.ts"
import { countryOf } from "./countryOf.ts"
import { findChoice, readChoice } from "./findChoice.ts"
import { findDate, readDate } from "./findDate.ts"
import { findNumber } from "./findNumber.ts"
import { matchesPattern } from "./matchesPattern.ts"

/** A message of a contact, and what is known of the moment. */
export interface Said {
  readonly message: string
  readonly language: DetectedLanguage
  readonly now: Date
}

/** What is read of an answer. */
const READ = 2_000

const known = ({ language, message }: Said, kind: ContactDetail): string | null =>
  extractDetails(message, [kind], countryOf(language.code))[kind] ?? null

/** A name, but not "I don't know": most of its words name nothing. */
const nameIn = (said: Said): string | null => {
  const words = wordsOf(said.message.toLowerCase())
  const light = functionWordsOf(said.language)
  const naming = words.filter((word) => !light.has(word))
  return words.length <= 5 && naming.length * 2 > words.length ? checkDetail("name", said.message) : null
}

/** The message, or the one word of it, that looks as the pattern has it. */
const matching = (message: string, pattern: string): string | null => {
  const words = message.split(/[\s,;:()“”"«»、，。；：]+/u).map((word) => word.replace(/[.!?]+$/u, ""))
  return [message, ...words].find((part) => part !== "" && matchesPattern(part, pattern)) ?? null
}

const fitting = (value: string | null, pattern: string | undefined): string | null =>
  value === null || pattern === undefined || matchesPattern(value, pattern) ? value : null

/** A detail that a message tells without having been asked for it: only what can be nothing else. */
export const findDetail = ({ choices = [], kind, pattern }: RequiredDetail, said: Said): string | null => {
  const { language, message, now } = said
  switch (kind) {
    case "name":
    case "email":
    case "phone":
      return fitting(known(said, kind), pattern)
    case "order_number":
      return pattern === undefined ? known(said, kind) : matching(message, pattern)
    case "date":
      return fitting(findDate(message, language.code, now), pattern)
    case "choice":
      return findChoice(message, choices)
    case "text":
    case "number":
      return null
  }
}

/** The same of a message that answers the question for it. */
export const readDetail = (detail: RequiredDetail, { language, message, now }: Said): string | null => {
  const { choices = [], kind, pattern } = detail
  const said = { language, now, message: message.slice(0, READ).trim() }
  const found = findDetail(detail, said)
  if (found !== null) return found
  switch (kind) {
    case "email":
    case "phone":
    case "order_number":
      return null
    case "name":
      return fitting(nameIn(said), pattern)
    case "date":
      return fitting(readDate(said.message, language.code, now), pattern)
    case "choice":
      return readChoice(said.message, choices)
    case "number":
      return fitting(findNumber(said.message, language.code), pattern)
    case "text":
      return pattern === undefined ? said.message || null : matching(said.message, pattern)
  }
}
