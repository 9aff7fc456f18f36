/** Languages that are spoken in one country all but alone. */
const COUNTRIES: Readonly<Record<string, string>> = {
  zh: "CN",
  th: "TH",
  ja: "JP",
  ko: "KR",
  vi: "VN",
  id: "ID",
  tr: "TR",
  it: "IT",
  pl: "PL",
  uk: "UA"
}

/** The country whose telephone numbers go without a prefix in a language; null where it may be one of several. */
export const countryOf = (language: string): string | null => COUNTRIES[language] ?? null
