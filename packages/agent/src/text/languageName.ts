const names = new Map<string, string>()

/** A language's name in itself: `中文`, `English`, `ไทย`, `русский`. */
export const languageName = (code: string): string => {
  const known = names.get(code)
  if (known !== undefined) return known
  const name = new Intl.DisplayNames([code, "en"], { type: "language" }).of(code) ?? code
  const titled = name.charAt(0).toLocaleUpperCase(code) + name.slice(1)
  names.set(code, titled)
  return titled
}
