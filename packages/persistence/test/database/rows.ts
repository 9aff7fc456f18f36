import { Effect } from "effect"
import { sql } from "kysely"
import { type Database, query, type SqlFailure } from "../../src/index.ts"

/** A table of bare numbers, to see what a transaction left behind. */
export const createRows: Effect.Effect<unknown, SqlFailure, Database> = query("rows.create", (db) =>
  sql`create table rows (id int4 constraint rows_key primary key)`.execute(db)
)

export const insertRow = (id: number): Effect.Effect<unknown, SqlFailure, Database> =>
  query("rows.insert", (db) => sql`insert into rows values (${id})`.execute(db))

export const storedRows: Effect.Effect<ReadonlyArray<number>, SqlFailure, Database> = query("rows.list", (db) =>
  sql<{ id: number }>`select id from rows order by id`.execute(db)
).pipe(Effect.map(({ rows }) => rows.map(({ id }) => id)))

export const insertPair = (n: number): Effect.Effect<unknown, SqlFailure, Database> =>
  Effect.andThen(insertRow(2 * n), insertRow(2 * n + 1))
