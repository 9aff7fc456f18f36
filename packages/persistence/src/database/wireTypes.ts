import { parseArray, serializeArray } from "./arrays.ts"

/** How one type travels: `to` is its oid, `from` the oids it reads. */
interface WireType {
  readonly to: number
  readonly from: Array<number>
  readonly serialize: (value: unknown) => string
  readonly parse: (text: string) => unknown
}

const BYTEA = 17
const INT8 = 20
const [JSON_TEXT, JSONB] = [114, 3802]
const [DATE, TIMESTAMP, TIMESTAMPTZ] = [1082, 1114, 1184]

const bytea = {
  serialize: (value: unknown): string => {
    if (value instanceof Uint8Array)
      return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex")}`
    throw new TypeError("a bytea is given as bytes")
  },
  parse: (text: string): Buffer => Buffer.from(text.slice(2), "hex")
}

const json = {
  serialize: (value: unknown): string => JSON.stringify(value),
  parse: (text: string): unknown => JSON.parse(text)
}

const date = {
  serialize: (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value)),
  parse: (text: string): Date => new Date(text)
}

const text = { serialize: String, parse: (value: string): string => value }
const number = { serialize: String, parse: Number }
const boolean = { serialize: String, parse: (value: string): boolean => value === "t" }

const arrayOf = (oid: number, element: Pick<WireType, "serialize" | "parse">): WireType => ({
  to: oid,
  from: [oid],
  serialize: (value) => serializeArray(value, element),
  parse: (literal) => parseArray(literal, element)
})

/**
 * The types of both engines where their drivers differ: jsonb is whatever `JSON.parse` gives and is always stringified on the
 * way in (a string becomes a JSON string, never raw JSON), times are `Date` (`infinity` has none and is an invalid one), int8
 * is a string, bytea a `Buffer`. Array parameters need a cast or a column to tell their type, and hold strings or numbers.
 */
export const wireTypes: Readonly<Record<string, WireType>> = {
  bytea: { to: BYTEA, from: [BYTEA], ...bytea },
  int8: { to: INT8, from: [INT8], ...text },
  date: { to: TIMESTAMPTZ, from: [DATE, TIMESTAMP, TIMESTAMPTZ], ...date },
  json: { to: JSONB, from: [JSON_TEXT, JSONB], ...json },
  boolArray: arrayOf(1000, boolean),
  int2Array: arrayOf(1005, number),
  int4Array: arrayOf(1007, number),
  textArray: arrayOf(1009, text),
  varcharArray: arrayOf(1015, text),
  int8Array: arrayOf(1016, text),
  float8Array: arrayOf(1022, number),
  timestamptzArray: arrayOf(1185, date),
  numericArray: arrayOf(1231, text),
  uuidArray: arrayOf(2951, text),
  jsonbArray: arrayOf(3807, json)
}
