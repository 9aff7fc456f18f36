import { Effect, Schema } from "effect"
import { wholeFromString } from "./numbers.ts"
import { pattern } from "./pattern.ts"

export const DEFAULT_LIMIT = 20

/** The query parameters of every list. */
export const pageQuery = {
  limit: wholeFromString(1, 100, { description: "How many entries at most.", default: DEFAULT_LIMIT }).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed(String(DEFAULT_LIMIT))),
    Schema.withConstructorDefault(Effect.succeed(DEFAULT_LIMIT))
  ),
  cursor: Schema.optionalKey(
    pattern(/^[A-Za-z0-9_-]+$/, 512, "a nextCursor this list has answered with", {
      description: "`nextCursor` of the page before; without it the list begins."
    })
  )
}

/** One page of a list. */
export const page = <S extends Schema.Top>(identifier: string, entry: S) =>
  Schema.Struct({
    data: Schema.Array(entry),
    nextCursor: Schema.NullOr(Schema.String).annotate({
      description: "The `cursor` of the next page; null on the last. Opaque: do not take it apart."
    })
  }).annotate({ identifier, description: "One page of a list." })
