import { Ids } from "@butler/domain"
import { Effect, Layer } from "effect"
import { sql } from "kysely"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"

/** `Ids` under a process number that the database gives out, so that no two running processes share one. */
export const IdsSql: Layer.Layer<Ids, never, Database> = Layer.unwrap(
  query("ids.processNumber", (db) =>
    sql<{ readonly number: number }>`select (nextval('process_number') % 1024)::integer as number`.execute(db)
  ).pipe(
    Effect.orDie,
    Effect.map(({ rows }) => Ids.layer(rows[0]?.number ?? 0))
  )
)
