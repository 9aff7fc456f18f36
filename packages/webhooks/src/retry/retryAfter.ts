import { MAX_RETRY_AFTER } from "./schedule.ts"

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

const TIME = "(\\d{2}):(\\d{2}):(\\d{2})"
const DAY_NAME = "(?:mon|tue|wed|thu|fri|sat|sun)"

/** Sun, 06 Nov 1994 08:49:37 GMT */
const IMF = new RegExp(`^${DAY_NAME}, (\\d{2}) ([a-z]{3}) (\\d{4}) ${TIME} gmt$`, "i")
/** Sunday, 06-Nov-94 08:49:37 GMT */
const RFC850 = new RegExp(`^${DAY_NAME}[a-z]*day, (\\d{2})-([a-z]{3})-(\\d{2}) ${TIME} gmt$`, "i")
/** Sun Nov  6 08:49:37 1994 */
const ASCTIME = new RegExp(`^${DAY_NAME} ([a-z]{3}) ([ \\d]\\d) ${TIME} (\\d{4})$`, "i")

const utc = (year: number, month: string, day: string, time: ReadonlyArray<string>): number | null => {
  const index = MONTHS.indexOf(month.toLowerCase())
  const [hours = "", minutes = "", seconds = ""] = time
  return index < 0 ? null : Date.UTC(year, index, Number(day), Number(hours), Number(minutes), Number(seconds))
}

/** A year of two digits is the one nearest to now that is not more than 50 years ahead (RFC 9110). */
const fullYear = (digits: string, now: number): number => {
  const thisYear = new Date(now).getUTCFullYear()
  const year = thisYear - (thisYear % 100) + Number(digits)
  return year > thisYear + 50 ? year - 100 : year
}

const parseDate = (text: string, now: number): number | null => {
  const imf = IMF.exec(text)
  if (imf !== null) return utc(Number(imf[3]), imf[2] ?? "", imf[1] ?? "", imf.slice(4))
  const rfc850 = RFC850.exec(text)
  if (rfc850 !== null) return utc(fullYear(rfc850[3] ?? "", now), rfc850[2] ?? "", rfc850[1] ?? "", rfc850.slice(4))
  const asctime = ASCTIME.exec(text)
  return asctime === null ? null : utc(Number(asctime[6]), asctime[1] ?? "", asctime[2] ?? "", asctime.slice(3, 6))
}

/**
 * How long a `Retry-After` asks to wait from `now`, in milliseconds, up to 24 hours: whole seconds or any of the three
 * date forms of HTTP. Null when it is neither; a date that has passed asks for nothing.
 */
export const parseRetryAfter = (header: string, now: number): number | null => {
  const text = header.trim()
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1_000, MAX_RETRY_AFTER)
  const date = parseDate(text, now)
  return date === null ? null : Math.min(Math.max(0, date - now), MAX_RETRY_AFTER)
}
