import { Schema } from "effect"
import { illegible, longerThan } from "./text.ts"

/** A short string of one known shape; `shape` finishes the sentence "must be …". */
export const pattern = (
  regexp: RegExp,
  max: number,
  shape: string,
  annotations: Schema.Annotations.Documentation<string> = {}
) =>
  Schema.String.annotate(annotations).check(
    Schema.makeFilter(
      (value: string) => {
        if (longerThan(value, max)) return `must have at most ${max} characters`
        return illegible(value) ?? (regexp.test(value) ? undefined : `must be ${shape}`)
      },
      { toJsonSchema: () => ({ pattern: regexp.source, maxLength: max }) }
    )
  )
