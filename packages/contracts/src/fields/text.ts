import { Schema } from "effect"

/**
 * A string of `min` to `max` characters that PostgreSQL and UTF-8 can hold: no NUL, no lone surrogate. Characters are
 * Unicode code points, which is also how JSON Schema and `char_length` count.
 */
export const text = (min: number, max: number, annotations: Schema.Annotations.Documentation<string> = {}) =>
  Schema.String.annotate(annotations).check(
    Schema.makeFilter((value: string) => flaw(value, min, max), {
      toJsonSchema: () => (min === 0 ? { maxLength: max } : { minLength: min, maxLength: max })
    })
  )

/** What is wrong with the characters of a string, whatever its length. */
export const illegible = (value: string): string | undefined => {
  if (value.includes("\0")) return "must not contain NUL characters (U+0000)"
  if (!value.isWellFormed()) return "must be well-formed Unicode (it contains half of a surrogate pair)"
  return undefined
}

/** A string has at most as many code points as code units, so the slow count runs only for what may be too long. */
export const longerThan = (value: string, max: number): boolean =>
  value.length > max && (value.length > 2 * max || Array.from(value).length > max)

const flaw = (value: string, min: number, max: number): string | undefined => {
  if (value.length < min) return min === 1 ? "must not be empty" : `must have at least ${min} characters`
  if (longerThan(value, max)) return `must have at most ${max.toLocaleString("en")} characters`
  return illegible(value)
}
