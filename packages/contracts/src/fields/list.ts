import { Schema } from "effect"

/** A list of at most `max` entries. */
export const list = <S extends Schema.Top>(entry: S, max: number) =>
  Schema.Array(entry).check(
    Schema.makeFilter(
      (given: ReadonlyArray<S["Type"]>) => (given.length <= max ? undefined : `must have at most ${max} entries`),
      { toJsonSchema: () => ({ maxItems: max }) }
    )
  )

/** `list`, of entries that have different names. */
export const named = <S extends Schema.Codec<{ readonly name: string }, unknown>>(entry: S, max: number) =>
  list(entry, max).check(
    Schema.makeFilter((given: ReadonlyArray<S["Type"]>) =>
      new Set(given.map(({ name }) => name)).size === given.length ? undefined : "must not have a name twice"
    )
  )
