import { randomUUID } from "node:crypto"
import { type Cipher, CipherPlain } from "@butler/domain"
import { Config, Effect, Layer, Redacted, type Scope } from "effect"
import postgres from "postgres"
import type { Database } from "../database/Database.ts"
import { migrate } from "../database/migrate.ts"
import { PostgresDatabase } from "../database/PostgresDatabase.ts"

/** One per server: it is made by the first test process that asks, while the others wait for its advisory lock. */
const TEMPLATE = "butler_template"
const TEMPLATE_LOCK = 4_202_211

const urlOf = (server: string, database: string): string => Object.assign(new URL(server), { pathname: database }).href

const layerOf = (url: string): Layer.Layer<Database> => PostgresDatabase.layer({ url: Redacted.make(url) })

const connect = (url: string): Effect.Effect<postgres.Sql, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.sync(() => postgres(url, { max: 1, fetch_types: false, onnotice: () => {} })),
    (sql) => Effect.promise(() => sql.end({ timeout: 1 }))
  )

const ensureTemplate = (server: string, admin: postgres.Sql): Effect.Effect<void> =>
  Effect.gen(function* () {
    const unfinished = `${TEMPLATE}_unfinished`
    yield* Effect.promise(() => admin`select pg_advisory_lock(${TEMPLATE_LOCK})`)
    const found = yield* Effect.promise(() => admin`select 1 from pg_database where datname = ${TEMPLATE}`)
    if (found.length === 0) {
      yield* Effect.promise(() => admin.unsafe(`drop database if exists ${unfinished} with (force)`))
      yield* Effect.promise(() => admin.unsafe(`create database ${unfinished}`))
      yield* Effect.orDie(Effect.provide(migrate, layerOf(urlOf(server, unfinished))))
      yield* Effect.promise(() => admin.unsafe(`alter database ${unfinished} rename to ${TEMPLATE}`))
    }
    yield* Effect.promise(() => admin`select pg_advisory_unlock(${TEMPLATE_LOCK})`)
  })

/** The URL of a private, migrated PostgreSQL database, dropped when the scope closes. Needs `@butler/testing/globalSetup`. */
export const freshPostgresUrl: Effect.Effect<string, never, Scope.Scope> = Effect.gen(function* () {
  const server = yield* Effect.orDie(Config.String("BUTLER_TEST_POSTGRES_URL"))
  const admin = yield* connect(server)
  yield* ensureTemplate(server, admin)
  const name = `test_${randomUUID().replaceAll("-", "")}`
  // Files are copied in 0.1 s of processor time, through the log it is 0.5 s.
  yield* Effect.acquireRelease(
    Effect.promise(() => admin.unsafe(`create database ${name} template ${TEMPLATE} strategy file_copy`)),
    () => Effect.promise(() => admin.unsafe(`drop database ${name} with (force)`))
  )
  return urlOf(server, name)
})

/** A private, migrated database on PostgreSQL, and a cipher that hides nothing. */
export const freshPostgres: Layer.Layer<Cipher | Database> = Layer.merge(
  CipherPlain,
  Layer.unwrap(Effect.map(freshPostgresUrl, layerOf))
)
