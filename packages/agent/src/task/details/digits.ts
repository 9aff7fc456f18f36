/** The value of a decimal digit of any script: each script's ten stand together, the nought first. */
const valueOf = (digit: string): string => {
  const code = digit.codePointAt(0) ?? 0
  let nought = code
  while (/\p{Nd}/u.test(String.fromCodePoint(nought - 1)) && code - nought < 9) nought -= 1
  return String(code - nought)
}

/** Full-width, Arabic, Thai and all other digits as the plain ones. */
export const withPlainDigits = (text: string): string => text.normalize("NFKC").replaceAll(/(?![0-9])\p{Nd}/gu, valueOf)
