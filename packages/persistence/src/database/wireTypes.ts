/**
 * How values travel, the same on both engines: jsonb is whatever `JSON.parse` gives and is always stringified on the way in
 * (a string becomes a JSON string, never raw JSON), dates are `Date`, bytea is `Buffer`. int8 and numeric stay strings, which
 * is both drivers' way once int8 is declared. `infinity` has no `Date`: it arrives as an invalid one.
 */
export const oid = {
  bytea: 17,
  int8: 20,
  json: 114,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  jsonb: 3802
} as const

export const json = {
  serialize: (value: unknown): string => JSON.stringify(value),
  parse: (text: string): unknown => JSON.parse(text)
}

export const date = {
  serialize: (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value)),
  parse: (text: string): Date => new Date(text)
}

export const bytea = {
  serialize: (value: Uint8Array): string =>
    `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex")}`,
  parse: (text: string): Buffer => Buffer.from(text.slice(2), "hex")
}

export const int8 = {
  serialize: (value: unknown): string => String(value),
  parse: (text: string): string => text
}
