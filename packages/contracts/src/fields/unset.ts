import { Effect, Option, Schema, SchemaGetter } from "effect"

type Notes = { readonly description: string }

/** The document would list the wire side of a named schema a second time, as "…Encoded". */
const anonymous = <S extends Schema.Top>(schema: S) => Schema.toType(schema).annotate({ identifier: undefined })

const isNotNull = <A>(value: A | null): value is A => value !== null

/** A field that may be left out; `null` says the same. Notes sit on the wire side, where the document reads them. */
export const optional = <S extends Schema.Top>(schema: S, notes: Notes) =>
  Schema.optionalKey(Schema.NullOr(schema).annotate(notes)).pipe(
    Schema.decodeTo(Schema.optionalKey(anonymous(schema)), {
      decode: SchemaGetter.transformOptional((value: Option.Option<S["Type"] | null>) =>
        Option.filter(value, isNotNull)
      ),
      encode: SchemaGetter.passthrough()
    })
  )

/** As `optional`, and an empty string is "not set" too; `to` is what a value that is set becomes. */
export const optionalText = <S extends Schema.Top & { readonly Encoded: string }>(
  wire: Schema.Codec<string>,
  to: S,
  notes: Notes
) =>
  Schema.optionalKey(Schema.NullOr(wire).annotate(notes)).pipe(
    Schema.decodeTo(Schema.optionalKey(to), {
      decode: SchemaGetter.transformOptional((value: Option.Option<string | null>) =>
        Option.filter(value, (set): set is string => set !== null && set !== "")
      ),
      encode: SchemaGetter.passthrough()
    })
  )

/** A field that decodes to `value` when it is left out or null; in a constructor it may be left out as well. */
export const orElse = <S extends Schema.Top & Schema.WithoutConstructorDefault>(
  schema: S,
  value: S["Type"] & S["~type.make.in"],
  notes: Notes
) =>
  Schema.optionalKey(Schema.NullOr(schema).annotate({ ...notes, default: value })).pipe(
    Schema.decodeTo(anonymous(schema).pipe(Schema.withConstructorDefault(Effect.succeed(value))), {
      decode: SchemaGetter.transformOptional((given: Option.Option<S["Type"] | null>) =>
        Option.some(Option.getOrElse(Option.filter(given, isNotNull), () => value))
      ),
      encode: SchemaGetter.passthrough()
    })
  )

/** A field of a change: left out it stays, `null` takes it away. */
export const changeable = <S extends Schema.Top>(schema: S, description: string) =>
  Schema.optionalKey(Schema.NullOr(schema).annotate({ description }))
