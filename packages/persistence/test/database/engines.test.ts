import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { sql } from "kysely"
import { Database, query, transaction } from "../../src/index.ts"
import { engines } from "../../src/testing/index.ts"

for (const [name, database] of engines) {
  layer(database, { excludeTestServices: true, timeout: "60 seconds" })(`the engine ${name}`, (it) => {
    it.effect("answers", () =>
      Effect.gen(function* () {
        const { rows } = yield* query("one", (db) => sql<{ one: number }>`select 1 as one`.execute(db))
        assert.deepStrictEqual(rows, [{ one: 1 }])
        assert.include(["postgres", "pglite"], (yield* Database).engine)
      })
    )
    it.effect("commits", () =>
      Effect.gen(function* () {
        yield* transaction(query("t", (db) => sql`create table t (id int8)`.execute(db)))
        const { rows } = yield* query("one", (db) => sql`select * from t`.execute(db))
        assert.deepStrictEqual(rows, [])
      })
    )
  })
}
