import {
  type CountryCode,
  findPhoneNumbersInText,
  isSupportedCountry,
  parsePhoneNumberFromString
} from "libphonenumber-js/max"
import type { DefaultCountry } from "./Detail.ts"

const countryOf = (country: DefaultCountry): { readonly defaultCountry?: CountryCode } => {
  const code = country?.toUpperCase() ?? ""
  return isSupportedCountry(code) ? { defaultCountry: code } : {}
}

/** The first telephone number in a text that can be one, as E.164: `+4930123456`. */
export const findPhone = (text: string, country: DefaultCountry): string | null =>
  findPhoneNumbersInText(text, countryOf(country)).find(({ number }) => number.isValid())?.number.number ?? null

/** The number as E.164, where the whole text is one that can be. */
export const checkPhone = (text: string, country: DefaultCountry): string | null => {
  const number = parsePhoneNumberFromString(text, { ...countryOf(country), extract: false })
  return number?.isValid() === true ? number.number : null
}
