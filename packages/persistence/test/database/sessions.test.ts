import { once } from "node:events"
import { createServer } from "node:net"
import { startPostgres } from "@butler/testing"
import { assert, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { sql } from "kysely"
import postgres from "postgres"
import { Database, isUnavailable, PostgresDatabase, type PostgresOptions, query, transaction } from "../../src/index.ts"
import { freshPostgresUrl } from "../../src/testing/index.ts"
import { createRows, insertPair, insertRow, storedRows } from "./rows.ts"

const on = (url: string, options: Omit<PostgresOptions, "url"> = {}): Layer.Layer<Database> =>
  PostgresDatabase.layer({ url: Redacted.make(url), ...options })

const backend = query("backend", (db) =>
  sql<{ pid: number }>`select pg_backend_pid() as pid, pg_sleep(0.05)`.execute(db)
).pipe(Effect.map(({ rows }) => rows[0]?.pid ?? 0))

const administrator = (url: string) =>
  Effect.acquireRelease(
    Effect.sync(() => postgres(url, { max: 1, onnotice: () => {} })),
    (admin) => Effect.promise(() => admin.end({ timeout: 1 }))
  )

const orMinusOne = (n: number) =>
  transaction(insertPair(n)).pipe(
    Effect.as(n),
    Effect.orElseSucceed(() => -1)
  )

/** Ends a server process and waits for its end. */
const terminate = (admin: postgres.Sql, pid: number) =>
  Effect.promise(() => admin`select pg_terminate_backend(${pid}, 5000)`)

it.live("a session lost inside a transaction fails it, and the pool goes on", () =>
  Effect.gen(function* () {
    const url = yield* freshPostgresUrl
    const admin = yield* administrator(url)
    yield* Effect.gen(function* () {
      yield* createRows
      const lost = transaction(
        Effect.gen(function* () {
          yield* insertRow(1)
          yield* terminate(admin, yield* backend)
          yield* insertRow(2)
        })
      )
      const failure = yield* Effect.flip(lost)
      assert.isTrue(isUnavailable(failure))
      assert.deepStrictEqual(yield* storedRows, [])
      yield* terminate(admin, yield* backend)
      yield* Effect.retry(insertRow(3), { times: 1, while: isUnavailable })
      assert.deepStrictEqual(yield* storedRows, [3])
    }).pipe(Effect.provide(on(url, { maxConnections: 1 })))
  })
)

it.live("sessions killed under load leave whole transactions and a whole pool", () =>
  Effect.gen(function* () {
    const url = yield* freshPostgresUrl
    const admin = yield* administrator(url)
    yield* Effect.gen(function* () {
      yield* createRows
      const kill = Effect.promise(
        () => admin`
          select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'butler' and datname = current_database() order by random() limit 1`
      )
      const numbers = Array.from({ length: 400 }, (_, n) => n)
      const work = (n: number) => (n % 20 === 19 ? Effect.andThen(kill, orMinusOne(n)) : orMinusOne(n))
      const committed = (yield* Effect.forEach(numbers, work, { concurrency: 12 })).filter((n) => n >= 0)
      const stored = yield* Effect.retry(storedRows, { times: 4, while: isUnavailable })
      assert.isAbove(committed.length, 200)
      assert.isTrue(committed.every((n) => stored.includes(2 * n) && stored.includes(2 * n + 1)))
      // A commit whose answer was lost may be stored too, but then whole.
      assert.isTrue(stored.every((id) => stored.includes(id ^ 1)))
      const pids = yield* Effect.forEach([1, 2, 3, 4], () => transaction(backend), { concurrency: 4 })
      assert.strictEqual(new Set(pids).size, 4)
    }).pipe(Effect.provide(on(url, { maxConnections: 4 })))
  })
)

it.live("a server that crashed is unavailable, and used again once it is back", () =>
  Effect.gen(function* () {
    const server = yield* Effect.acquireRelease(
      Effect.promise(() => startPostgres()),
      (started) => Effect.promise(() => started.stop())
    )
    yield* Effect.gen(function* () {
      yield* createRows
      yield* Effect.promise(() => server.kill9())
      const failures = yield* Effect.forEach([1, 2, 3, 4, 5, 6], (id) => Effect.flip(insertRow(id)), { concurrency: 6 })
      assert.isTrue(failures.every(isUnavailable))
      yield* Effect.promise(() => server.restart())
      yield* Effect.forEach([7, 8, 9], insertRow, { concurrency: 3 })
      assert.deepStrictEqual(yield* storedRows, [7, 8, 9])
    }).pipe(Effect.provide(on(server.url, { maxConnections: 3 })))
  })
)

it.live("nobody listening is unavailable; so is a pool that stays busy", () =>
  Effect.gen(function* () {
    const refused = yield* Effect.flip(Effect.provide(backend, on("postgres://butler@127.0.0.1:1/none")))
    assert.deepInclude(refused, { reason: "unavailable", code: "ECONNREFUSED" })
    const { kysely } = yield* Database
    const held = yield* Effect.promise(() => kysely.startTransaction().execute())
    const busy = yield* Effect.flip(backend)
    assert.deepInclude(busy, { reason: "unavailable", code: "POOL_EXHAUSTED" })
    yield* Effect.promise(() => held.rollback().execute())
    assert.isAbove(yield* backend, 0)
  }).pipe(
    Effect.provide(
      Layer.unwrap(Effect.map(freshPostgresUrl, (url) => on(url, { maxConnections: 1, acquireTimeoutMillis: 50 })))
    )
  )
)

it.live("a statement that takes too long is cancelled; the session names itself", () =>
  Effect.gen(function* () {
    const url = yield* freshPostgresUrl
    yield* Effect.gen(function* () {
      const slow = yield* Effect.flip(query("slow", (db) => sql`select pg_sleep(5)`.execute(db)))
      assert.deepInclude(slow, { operation: "slow", reason: "statement", code: "57014" })
      const { rows } = yield* query("name", (db) => sql`show application_name`.execute(db))
      assert.deepStrictEqual(rows, [{ application_name: "butler" }])
    }).pipe(Effect.provide(on(url, { statementTimeoutMillis: 50 })))
  })
)

it.live("a proxy that accepts and hangs up is unavailable when the time to connect is over", () =>
  Effect.gen(function* () {
    const proxy = yield* Effect.acquireRelease(
      Effect.promise(async () => {
        const server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1")
        await once(server, "listening")
        return server
      }),
      (server) => Effect.sync(() => server.close())
    )
    const address = proxy.address()
    const port = typeof address === "object" ? address?.port : undefined
    const url = `postgres://butler@127.0.0.1:${port}/none`
    const failure = yield* Effect.flip(Effect.provide(backend, on(url, { connectTimeoutMillis: 100 })))
    assert.isTrue(isUnavailable(failure))
  })
)
