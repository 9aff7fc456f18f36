import { Schema, SchemaGetter } from "effect"

/** A whole number from `minimum` to `maximum`. */
export const whole = (minimum: number, maximum: number) => {
  const message = `must be a whole number from ${minimum.toLocaleString("en")} to ${maximum.toLocaleString("en")}`
  return Schema.Finite.check(
    Schema.makeFilter(
      (value: number) => (Number.isInteger(value) && value >= minimum && value <= maximum ? undefined : message),
      { toJsonSchema: () => ({ type: "integer", minimum, maximum }) }
    )
  )
}

/**
 * `whole` as a query parameter spells it. `type` is written out because the document describes the number an integrator
 * thinks of, not the string it travels as.
 */
export const wholeFromString = (minimum: number, maximum: number, annotations: Record<string, unknown>) =>
  Schema.String.annotate({ ...annotations, type: "integer", minimum, maximum })
    .check(
      Schema.makeFilter((value: string) =>
        /^\d{1,15}$/.test(value) && Number(value) >= minimum && Number(value) <= maximum
          ? undefined
          : `must be a whole number from ${minimum} to ${maximum}`
      )
    )
    .pipe(
      Schema.decodeTo(Schema.Finite, {
        decode: SchemaGetter.transform(Number),
        encode: SchemaGetter.transform(String)
      })
    )

/** A number from `minimum` to `maximum`. */
export const between = (minimum: number, maximum: number) =>
  Schema.Finite.check(
    Schema.makeFilter(
      (value: number) =>
        value >= minimum && value <= maximum
          ? undefined
          : `must be a number from ${minimum} to ${maximum.toLocaleString("en")}`,
      { toJsonSchema: () => ({ minimum, maximum }) }
    )
  )
