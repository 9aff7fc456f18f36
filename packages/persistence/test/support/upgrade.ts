import { Effect } from "effect"
import { sql } from "kysely"
import { migrate, migrateTo } from "../../src/database/migrate.ts"
import { query } from "../../src/index.ts"
import { migrations } from "../../src/migrations/index.ts"

/** Brings an empty database up to before the migration, fills it by the statements, and brings it up to date. */
export const upgrade = Effect.fnUntraced(function* (migration: string, statements: ReadonlyArray<string>) {
  yield* migrateTo(Object.fromEntries(Object.entries(migrations).filter(([name]) => name < migration)))
  yield* query("test.fill", async (db) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  })
  yield* migrate
})
