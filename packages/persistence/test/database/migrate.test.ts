import { assert, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { sql } from "kysely"
import type { Migration } from "kysely/migration"
import { migrateTo } from "../../src/database/migrate.ts"
import { type Database, PostgresDatabase, query } from "../../src/index.ts"
import { migrations } from "../../src/migrations/index.ts"
import { freshPglite, freshPostgresUrl } from "../../src/testing/index.ts"

const creates = (table: string): Migration => ({
  up: async (db) => {
    await sql`create table ${sql.id(table)} (id int8)`.execute(db)
  }
})
const fails: Migration = {
  up: async (db) => {
    await sql`select 1 / 0`.execute(db)
  }
}

const exists = (table: string): Effect.Effect<boolean, unknown, Database> =>
  query("exists", (db) => sql<{ found: boolean }>`select to_regclass(${table}) is not null as found`.execute(db)).pipe(
    Effect.map(({ rows }) => rows[0]?.found ?? false)
  )

const postgres = Layer.unwrap(
  Effect.map(freshPostgresUrl, (url) => PostgresDatabase.layer({ url: Redacted.make(url) }))
)

for (const [name, database] of [
  ["PostgreSQL", postgres],
  ["PGlite", freshPglite]
] as const) {
  it.live(`migrate on ${name}: all or nothing, then onwards, never back`, () =>
    Effect.gen(function* () {
      const first = { ...migrations, "9001_one": creates("one") }
      const failure = yield* Effect.flip(migrateTo({ ...first, "9002_two": fails }))
      assert.deepInclude(failure, { _tag: "SqlFailure", code: "22012" })
      assert.isFalse(yield* exists("one"))
      yield* migrateTo(first)
      yield* migrateTo({ ...first, "9002_two": creates("two") })
      assert.deepStrictEqual([yield* exists("one"), yield* exists("two")], [true, true])
      const older = yield* Effect.flip(migrateTo(first))
      assert.deepInclude(older, { _tag: "SchemaNotOurs", unknown: ["9002_two"] })
      assert.include(older.message, "9002_two")
    }).pipe(Effect.provide(database))
  )
}

it.live("several processes may migrate one PostgreSQL at once", () =>
  Effect.gen(function* () {
    const url = yield* freshPostgresUrl
    const slow: Migration = {
      up: async (db) => {
        await sql`create table only_once (id int8)`.execute(db)
        await sql`select pg_sleep(0.2)`.execute(db)
      }
    }
    // Its own pool each, and a statement time-out shorter than the wait for whoever is first.
    const process = Effect.provide(
      migrateTo({ ...migrations, "9001_once": slow }),
      Layer.fresh(PostgresDatabase.layer({ url: Redacted.make(url), statementTimeoutMillis: 100 }))
    )
    yield* Effect.all([process, process, process, process, process], { concurrency: "unbounded" })
  })
)
