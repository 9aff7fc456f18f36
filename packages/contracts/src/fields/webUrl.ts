import { Schema } from "effect"
import { illegible } from "./text.ts"

/** An absolute http or https URL. Whether it may be called is for the egress rules to say. */
export const webUrl = (max: number) =>
  Schema.String.annotate({ format: "uri" }).check(
    Schema.makeFilter(
      (value: string) => {
        if (value.length > max) return `must have at most ${max.toLocaleString("en")} characters`
        const flaw = illegible(value)
        if (flaw !== undefined) return flaw
        return /^https?:\/\/\S+$/i.test(value) && URL.canParse(value) ? undefined : "must be an http or https URL"
      },
      { toJsonSchema: () => ({ maxLength: max, pattern: "^[Hh][Tt][Tt][Pp][Ss]?://" }) }
    )
  )
