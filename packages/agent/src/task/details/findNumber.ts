import { withPlainDigits } from "./digits.ts"

const NUMBER = /(?<![\p{L}\d.,])[-+]?\d{1,15}(?:[.,'’\u00A0\u202F]\d{1,15})*(?![\p{L}\d]*\d)/gu

/** Languages that write a thousand as 1,000 and a half as 0.5. */
const POINT_LANGUAGES: ReadonlySet<string> = new Set(["en", "zh", "ja", "ko", "th", "ar", "he", "hi"])

/** Which of the marks parts the decimals off; null where none does. */
const decimalMark = (digits: string, language: string): string | null => {
  const marks = digits.match(/[.,]/gu) ?? []
  const last = marks.at(-1)
  if (last === undefined) return null
  if (new Set(marks).size === 2) return last
  if (marks.length > 1) return null
  if (!/\d[.,]\d{3}$/u.test(digits)) return last
  return (last === ".") === POINT_LANGUAGES.has(language) ? last : null
}

/** The number in a text, as JSON writes it; null where there is none, or more than one. */
export const findNumber = (text: string, language: string): string | null => {
  const [digits, another] = withPlainDigits(text).match(NUMBER) ?? []
  if (digits === undefined || another !== undefined) return null
  const mark = decimalMark(digits, language)
  const plain = Array.from(digits, (character) =>
    character === mark ? "." : /[\d+-]/u.test(character) ? character : ""
  )
  const value = Number(plain.join(""))
  return Number.isFinite(value) ? String(value) : null
}
