const DAY_MS = 86_400_000

/** The days about today that languages have words for. */
const ABOUT_TODAY = [-2, -1, 0, 1, 2]

export interface DateNames {
  /** Words for months, longest first, with the month's number. */
  readonly months: ReadonlyArray<readonly [name: string, month: number]>
  /** Words for days about today, longest first, with how many days they are from it. */
  readonly days: ReadonlyArray<readonly [name: string, days: number]>
}

const cached = new Map<string, DateNames>()

const longestFirst = (names: Map<string, number>) => [...names].toSorted(([a], [b]) => b.length - a.length)

const plain = (name: string): string => name.normalize("NFKC").toLowerCase().replace(/\.$/u, "")

const monthsIn = (language: string): Map<string, number> => {
  const names = new Map<string, number>()
  for (const style of ["long", "short"] as const) {
    // With a day beside it, which bends the month's name in Slavic languages, and alone.
    for (const options of [{ month: style, day: "numeric" }, { month: style }] as const) {
      const format = new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" })
      for (let month = 1; month <= 12; month++) {
        const parts = format.formatToParts(Date.UTC(2026, month - 1, 15))
        const name = plain(parts.find(({ type }) => type === "month")?.value ?? "")
        if (/\p{L}/u.test(name) && !/\d/u.test(name)) names.set(name, month)
      }
    }
  }
  return names
}

const daysIn = (language: string): Map<string, number> => {
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" })
  return new Map(ABOUT_TODAY.map((days) => [plain(format.format(days, "day")), days]))
}

/** How a language speaks of dates, and English, which is understood everywhere. */
export const dateNames = (language: string): DateNames => {
  const known = cached.get(language)
  if (known !== undefined) return known
  const both = (of: (code: string) => Map<string, number>) => longestFirst(new Map([...of("en"), ...of(language)]))
  const names = { months: both(monthsIn), days: both(daysIn) }
  cached.set(language, names)
  return names
}

export const addDays = (now: Date, days: number): Date => new Date(now.getTime() + days * DAY_MS)
