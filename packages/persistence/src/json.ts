import { type RawBuilder, sql } from "kysely"

/**
 * A jsonb parameter. It travels as text: postgres.js encodes a string for a `jsonb` parameter once more and infers the
 * type of an array from its first element; the two casts mean the same on both engines.
 */
export const json = (value: unknown): RawBuilder<unknown> => sql`${JSON.stringify(value)}::text::jsonb`
