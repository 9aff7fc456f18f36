import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { sql } from "kysely"
import { query } from "../../src/index.ts"
import { json } from "../../src/json.ts"
import { engines } from "../../src/testing/index.ts"

const at = new Date("2026-03-04T05:06:07.891Z")

/** type, what is sent, what comes back: the same on both engines. */
const values: ReadonlyArray<readonly [type: string, sent: unknown, received: unknown]> = [
  ["int8", "9223372036854775807", "9223372036854775807"],
  ["int8", 7n, "7"],
  ["int4", 42, 42],
  ["numeric", "12345678901234567890.5", "12345678901234567890.5"],
  ["float8", 0.1, 0.1],
  ["bool", true, true],
  ["text", "it's 你好 \\ \" 🎈", "it's 你好 \\ \" 🎈"],
  ["uuid", "0193b2a0-1111-7abc-8def-0123456789ab", "0193b2a0-1111-7abc-8def-0123456789ab"],
  ["timestamptz", at, at],
  ["timestamptz", "2026-03-04T07:06:07.891+02", at],
  ["date", "2026-03-04", new Date("2026-03-04T00:00:00Z")],
  ["jsonb", { a: [1, null, { b: "c" }] }, { a: [1, null, { b: "c" }] }],
  ["jsonb", [1, "two"], [1, "two"]],
  ["jsonb", "a string", "a string"],
  ["jsonb", '{"not":"parsed"}', '{"not":"parsed"}'],
  ["bytea", new Uint8Array([0, 1, 254, 255]), Buffer.from([0, 1, 254, 255])],
  ["text[]", ["a", 'b,"c"', ""], ["a", 'b,"c"', ""]],
  ["int8[]", ["1", "2"], ["1", "2"]],
  ["text", null, null],
  ["jsonb", null, null]
]

for (const [name, database] of engines) {
  layer(database, { excludeTestServices: true, timeout: "60 seconds" })(`values on ${name}`, (it) => {
    for (const [type, sent, received] of values) {
      it.effect(`${type} ${typeof sent === "bigint" ? sent : JSON.stringify(sent)}`, () =>
        Effect.gen(function* () {
          const select = sql<{ value: unknown }>`select ${sent}::${sql.raw(type)} as value`
          const { rows } = yield* query("value", (db) => select.execute(db))
          assert.deepStrictEqual(rows[0]?.value, received)
        })
      )
    }

    it.effect("JSON holds no NUL and no half of a pair, but all else, at its length", () =>
      Effect.gen(function* () {
        const sent = { "k\0": ["a\0b", "\ud83d|\ude00", "🎈", String.raw`\u0000 \\ud83d`, "\u0001"] }
        const select = sql<{ value: unknown }>`select ${json(sent)} as value`
        const { rows } = yield* query("value", (db) => select.execute(db))
        const received = { "k\ufffd": ["a\ufffdb", "\ufffd|\ufffd", "🎈", String.raw`\u0000 \\ud83d`, "\u0001"] }
        assert.deepStrictEqual(rows[0]?.value, received)
      })
    )

    it.effect("infinity is an invalid date", () =>
      Effect.gen(function* () {
        const { rows } = yield* query("value", (db) =>
          sql<{ v: Date }>`select 'infinity'::timestamptz as v`.execute(db)
        )
        assert.isTrue(rows[0]?.v instanceof Date && Number.isNaN(rows[0].v.getTime()))
      })
    )

    it.effect("counts written rows, and returns none unless asked", () =>
      Effect.gen(function* () {
        yield* query("create", (db) => sql`create table counted (id int8 primary key)`.execute(db))
        const insert = sql`insert into counted select generate_series(1, 3)`
        assert.deepStrictEqual(yield* query("insert", (db) => insert.execute(db)), { numAffectedRows: 3n, rows: [] })
        const removal = sql`delete from counted where id > 1 returning id`
        const removed = yield* query("delete", (db) => removal.execute(db))
        assert.deepStrictEqual(removed, { numAffectedRows: 2n, rows: [{ id: "2" }, { id: "3" }] })
      })
    )
  })
}
