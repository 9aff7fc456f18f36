import { createRequire } from "node:module"
import type { CountryCode } from "libphonenumber-js/max"
import type { DefaultCountry } from "./Detail.ts"

const require = createRequire(import.meta.url)

let loaded: typeof import("libphonenumber-js/max") | undefined

/** Loaded when a number is first looked for: the numbers of all countries take 3 MB. */
const phones = (): typeof import("libphonenumber-js/max") => (loaded ??= require("libphonenumber-js/max"))

const countryOf = (country: DefaultCountry): { readonly defaultCountry?: CountryCode } => {
  const code = country?.toUpperCase() ?? ""
  return phones().isSupportedCountry(code) ? { defaultCountry: code } : {}
}

/** The first telephone number in a text that can be one, as E.164: `+4930123456`. */
export const findPhone = (text: string, country: DefaultCountry): string | null =>
  phones()
    .findPhoneNumbersInText(text, countryOf(country))
    .find(({ number }) => number.isValid())?.number.number ?? null

/** The number as E.164, where the whole text is one that can be. */
export const checkPhone = (text: string, country: DefaultCountry): string | null => {
  const number = phones().parsePhoneNumberFromString(text, { ...countryOf(country), extract: false })
  return number?.isValid() === true ? number.number : null
}
