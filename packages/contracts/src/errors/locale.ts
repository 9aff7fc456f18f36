import { type ErrorCode, errorTypes } from "./errorTypes.ts"

export type Locale = "en" | "zh"

/** The language for words to people: whichever of zh and en `Accept-Language` prefers, else en. */
export const localeOf = (acceptLanguage: string | undefined): Locale => {
  let best: { readonly locale: Locale; readonly quality: number } = { locale: "en", quality: 0 }
  for (const range of acceptLanguage?.split(",", MAX_RANGES) ?? []) {
    const [tag = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase())
    const weight = parameters.find((parameter) => parameter.startsWith("q="))
    const quality = weight === undefined ? 1 : Number(weight.slice(2))
    const locale = LOCALES.find((known) => tag === known || tag.startsWith(`${known}-`))
    if (locale !== undefined && quality > best.quality) best = { locale, quality }
  }
  return best.locale
}

/** The sentence a person may be shown for an error. */
export const messageOf = (code: ErrorCode, locale: Locale): string => errorTypes[code][locale]

const LOCALES: ReadonlyArray<Locale> = ["zh", "en"]

const MAX_RANGES = 20
