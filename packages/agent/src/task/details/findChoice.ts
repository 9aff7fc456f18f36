import { withPlainDigits } from "./digits.ts"

const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim()

/** Scripts without spaces have no borders of words to look for. */
const isIn = (text: string, choice: string): boolean =>
  choice !== "" &&
  (/^[\p{Script=Han}\p{Script=Thai}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(choice)
    ? text.includes(choice)
    : ` ${text} `.includes(` ${choice} `))

const only = (found: ReadonlyArray<string>): string | null => (found.length === 1 ? (found[0] ?? null) : null)

/** The choice that is named in a text, if it is one alone; one within another, such as "blue" in "dark blue", is not meant. */
export const findChoice = (message: string, choices: ReadonlyArray<string>): string | null => {
  const text = plain(message)
  const named = choices.filter((choice) => isIn(text, plain(choice)))
  return only(named.filter((choice) => !named.some((other) => other !== choice && isIn(plain(other), plain(choice)))))
}

/** The choice that an answer is: named, by its place, or by a beginning that only one has. */
export const readChoice = (message: string, choices: ReadonlyArray<string>): string | null => {
  const text = plain(message)
  const place = /^\d+$/u.exec(withPlainDigits(message).trim())?.[0]
  return (
    findChoice(message, choices) ??
    choices[Number(place ?? 0) - 1] ??
    (text === "" ? null : only(choices.filter((choice) => plain(choice).startsWith(text))))
  )
}
