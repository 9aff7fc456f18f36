import type { DefaultCountry } from "./Detail.ts"

/** Languages that nearly all of their speakers speak in one country. */
const COUNTRIES: Readonly<Record<string, string>> = {
  zh: "CN",
  ja: "JP",
  ko: "KR",
  th: "TH",
  vi: "VN",
  id: "ID",
  de: "DE",
  it: "IT",
  pl: "PL",
  cs: "CZ",
  tr: "TR",
  uk: "UA",
  ru: "RU",
  sv: "SE",
  da: "DK",
  fi: "FI",
  he: "IL"
}

/** Where a telephone number without a country's prefix is likely to be from; null where the language does not tell. */
export const likelyCountry = (language: string): DefaultCountry => COUNTRIES[language.slice(0, 2)] ?? null
