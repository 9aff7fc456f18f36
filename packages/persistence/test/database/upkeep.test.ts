import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { openPgliteInMemory } from "../../src/database/pglite/openPglite.ts"
import { keepUpOnce } from "../../src/database/pglite/upkeep.ts"
import { migratedCluster } from "../../src/testing/freshPglite.ts"

it.live("upkeep clears dead rows, gathers statistics and bounds the log", () =>
  Effect.gen(function* () {
    const pglite = yield* Effect.acquireRelease(
      Effect.promise(() => migratedCluster().then((loadDataDir) => openPgliteInMemory({ loadDataDir }))),
      (opened) => Effect.promise(() => opened.close())
    )
    const one = (sql: string) => Effect.promise(async () => (await pglite.query<Record<string, number>>(sql)).rows[0])
    yield* one(`create table "Odd name" (id int8, filling text)`)
    yield* one(`insert into "Odd name" select g, repeat(md5(g::text), 25) from generate_series(1, 100000) g`)
    yield* one(`delete from "Odd name" where id > 1000`)
    yield* one("select pg_stat_force_next_flush()")
    yield* keepUpOnce(pglite)
    yield* one("select pg_stat_force_next_flush()")
    assert.deepStrictEqual(
      yield* one(`select n_dead_tup::int4 as dead, c.reltuples::int4 as rows
        from pg_stat_user_tables s join pg_class c on c.oid = s.relid where c.relname = 'Odd name'`),
      { dead: 0, rows: 1000 }
    )
    const log = yield* one(
      `select (pg_current_wal_insert_lsn() - redo_lsn)::int4 as bytes from pg_control_checkpoint()`
    )
    assert.isBelow(log?.["bytes"] ?? Infinity, 16 * 1024 * 1024)
  })
)
