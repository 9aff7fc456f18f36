import { type RawBuilder, sql } from "kysely"

/** An escaped backslash, or what jsonb refuses to hold: a NUL, and half of a surrogate pair, which alone is written like this. */
const ESCAPES = /\\\\|\\u(?:0000|d[89a-f][0-9a-f]{2})/g

/** As long as before, since lengths of texts are kept elsewhere. A model may say anything, and it must not break a turn. */
const storable = (text: string): string =>
  text.includes("\\u") ? text.replaceAll(ESCAPES, (found) => (found.length === 2 ? found : "\\ufffd")) : text

/**
 * A jsonb parameter. It travels as text: postgres.js encodes a string for a `jsonb` parameter once more and infers the
 * type of an array from its first element; the two casts mean the same on both engines.
 */
export const json = (value: unknown): RawBuilder<unknown> => sql`${storable(JSON.stringify(value))}::text::jsonb`

/** `json`, with the null of SQL for null. */
export const jsonOrNull = (value: unknown): RawBuilder<unknown> => (value === null ? sql`null::jsonb` : json(value))
