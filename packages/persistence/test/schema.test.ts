import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { sql } from "kysely"
import { query } from "../src/index.ts"
import { engines } from "../src/testing/index.ts"

/** Kysely's own record of migrations. */
const OF_KYSELY = new Set(["kysely_migration", "kysely_migration_lock"])

const keys = query("test.keys", (db) =>
  sql<{ readonly table: string; readonly key: string; readonly first: string }>`
    select t.relname as table, k.relname as key, a.attname as first
    from pg_index i
    join pg_class t on t.oid = i.indrelid
    join pg_class k on k.oid = i.indexrelid
    join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'public'
    join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
    where i.indisprimary or i.indisunique`.execute(db)
).pipe(Effect.map(({ rows }) => rows.filter(({ table }) => !OF_KYSELY.has(table))))

const tables = query("test.tables", (db) =>
  sql<{ readonly table: string }>`
    select t.relname as table
    from pg_class t
    join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'public'
    where t.relkind in ('r', 'p') and not t.relispartition`.execute(db)
).pipe(Effect.map(({ rows }) => rows.map(({ table }) => table).filter((table) => !OF_KYSELY.has(table))))

for (const [name, database] of engines) {
  layer(database, { timeout: "60 seconds" })(`the schema on ${name}`, (it) => {
    it.effect("every table's primary and unique keys begin with the workspace", () =>
      Effect.gen(function* () {
        const found = yield* keys
        assert.deepStrictEqual(
          found.filter(({ first }) => first !== "workspace_id"),
          []
        )
        const keyed = new Set(found.map(({ table }) => table))
        assert.deepStrictEqual(
          (yield* tables).filter((table) => !keyed.has(table)),
          []
        )
      })
    )
  })
}
