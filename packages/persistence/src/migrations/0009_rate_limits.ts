import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

const statements = [
  `alter table api_key
     add column rate_per_minute integer,
     add constraint api_key_rate_check check (rate_per_minute >= 0)`,
  // A count that a crash loses begins again, which is no more than a new minute does. Its one row of a key is changed in place.
  `create unlogged table rate_usage (
     workspace_id uuid not null,
     api_key_id text not null,
     minute integer not null,
     taken integer not null,
     granted integer not null,
     constraint rate_usage_pkey primary key (workspace_id, api_key_id)
   ) with (fillfactor = 50)`
]

/** How many requests a minute keys may make, and how many they have made. */
export const rateLimits: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
}
