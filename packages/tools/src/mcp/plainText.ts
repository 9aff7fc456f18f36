/** Text that a database keeps and JSON carries to the letter: no NUL, no half of a character. */
export const plainText = (text: string): string => text.replaceAll("\0", "").toWellFormed()

/** At most so many characters, and a word on what was left out. */
export const cut = (text: string, most: number): string => {
  if (text.length <= most) return text
  return `${text.slice(0, most).toWellFormed()}\n[cut here: ${text.length - most} of ${text.length} characters left out]`
}
