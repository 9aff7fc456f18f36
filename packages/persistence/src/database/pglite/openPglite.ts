import { PGlite, type PGliteOptions } from "@electric-sql/pglite"
import { bytea, date, int8, json, oid } from "../wireTypes.ts"

/** PGlite with the same wire types as PostgreSQL has through postgres.js. */
export const openPglite = (options: Pick<PGliteOptions, "dataDir" | "loadDataDir">): Promise<PGlite> =>
  PGlite.create({
    ...options,
    // A commit is written before it is acknowledged; said aloud, as all durability rests on it.
    relaxedDurability: false,
    parsers: {
      [oid.bytea]: bytea.parse,
      [oid.int8]: int8.parse,
      [oid.json]: json.parse,
      [oid.jsonb]: json.parse,
      [oid.date]: date.parse,
      [oid.timestamp]: date.parse,
      [oid.timestamptz]: date.parse
    },
    serializers: {
      [oid.bytea]: bytea.serialize,
      [oid.int8]: int8.serialize,
      [oid.json]: json.serialize,
      [oid.jsonb]: json.serialize,
      [oid.date]: date.serialize,
      [oid.timestamp]: date.serialize,
      [oid.timestamptz]: date.serialize
    }
  })
