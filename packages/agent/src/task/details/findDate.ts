import { addDays, dateNames } from "./dateNames.ts"
import { withPlainDigits } from "./digits.ts"

const YEAR_FIRST = /(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)/u
const YEAR_LAST = /(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/u
const MONTH_AND_DAY = /(?<!\d)(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日号號일]?/u

/** Years of the Buddhist era, as Thai writes them, are that much ahead. */
const BUDDHIST = 543

const isoOf = (given: number, month: number, day: number): string | null => {
  const year = given < 100 ? 2000 + given : given > 2400 ? given - BUDDHIST : given
  const date = new Date(Date.UTC(year, month - 1, day))
  const iso = date.toISOString().slice(0, 10)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? iso : null
}

/** The date of the day nearest to now that it can be. */
const nearest = (month: number, day: number, now: Date): string | null => {
  const year = now.getUTCFullYear()
  const distance = (iso: string) => Math.abs(Date.parse(iso) - now.getTime())
  const candidates = [year - 1, year, year + 1].flatMap((candidate) => isoOf(candidate, month, day) ?? [])
  return candidates.toSorted((a, b) => distance(a) - distance(b))[0] ?? null
}

/** 31.12. and 31/12 are clear, and so is a point; 5/6 is not where English is spoken, which has it both ways. */
const dayFirst = (first: number, mark: string, second: number, language: string): boolean | null => {
  if (mark === "." || first > 12) return true
  if (second > 12) return false
  return language === "en" && first !== second ? null : true
}

const inDigits = (text: string, language: string, now: Date): string | null => {
  const [, y = "", m = "", d = ""] = YEAR_FIRST.exec(text) ?? []
  if (y !== "") return isoOf(Number(y), Number(m), Number(d))
  const [, a = "", mark = "", b = "", year = ""] = YEAR_LAST.exec(text) ?? []
  if (a !== "") {
    const [first, second] = [Number(a), Number(b)]
    const isDayFirst = dayFirst(first, mark, second, language)
    if (isDayFirst === null) return null
    return isDayFirst ? isoOf(Number(year), second, first) : isoOf(Number(year), first, second)
  }
  const [, month = "", day = ""] = MONTH_AND_DAY.exec(text) ?? []
  return month === "" ? null : nearest(Number(month), Number(day), now)
}

/** Whether the word stands for itself, and is not the beginning of another: may, maybe. */
const standsIn = (text: string, word: string): boolean => {
  const at = text.indexOf(word)
  if (at < 0) return false
  const borders = [text.slice(0, at).at(-1) ?? "", text.slice(at + word.length).at(0) ?? ""]
  return /^\p{Script=Latin}|^\p{Script=Cyrillic}/u.test(word) ? borders.every((border) => !/\p{L}/u.test(border)) : true
}

const inWords = (text: string, language: string, now: Date): string | null => {
  const month = dateNames(language).months.find(([name]) => standsIn(text, name))?.[1]
  if (month === undefined) return null
  const numbers = text.match(/\d+/gu) ?? []
  const year = numbers.find((digits) => digits.length === 4)
  const day = numbers.find((digits) => digits.length <= 2)
  if (day === undefined) return null
  return year === undefined ? nearest(month, Number(day), now) : isoOf(Number(year), month, Number(day))
}

/** "Tomorrow" and its like, by the time of UTC. */
const aboutToday = (text: string, language: string, now: Date): string | null => {
  const found = dateNames(language).days.find(([name]) => standsIn(text, name))
  return found === undefined ? null : addDays(now, found[1]).toISOString().slice(0, 10)
}

/** The date that a text has in digits, as `2026-12-31`; null where it has none, or one that can be read in two ways. */
export const findDate = (message: string, language: string, now: Date): string | null =>
  inDigits(withPlainDigits(message), language, now)

/** The same of an answer to the question for it, which may say it in words. */
export const readDate = (message: string, language: string, now: Date): string | null => {
  const text = withPlainDigits(message).toLowerCase()
  return inDigits(text, language, now) ?? inWords(text, language, now) ?? aboutToday(text, language, now)
}
