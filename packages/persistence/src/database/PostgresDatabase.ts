import { Effect, Layer, Redacted } from "effect"
import { Kysely } from "kysely"
import { Database } from "./Database.ts"
import { makePostgresPool } from "./postgres/PostgresPool.ts"
import { makePostgresSessionDialect } from "./postgres/PostgresSessionDialect.ts"
import type { DB } from "./tables.ts"
import { bytea, date, int8, json, oid } from "./wireTypes.ts"

export interface PostgresOptions {
  readonly url: Redacted.Redacted
  readonly maxConnections?: number
  /** How long a query may wait for a free connection before it fails as unavailable. */
  readonly acquireTimeoutMillis?: number
  readonly statementTimeoutMillis?: number
}

const types = {
  bytea: { to: oid.bytea, from: [oid.bytea], ...bytea },
  bigint: { to: oid.int8, from: [oid.int8], ...int8 },
  date: { to: oid.timestamptz, from: [oid.date, oid.timestamp, oid.timestamptz], ...date },
  json: { to: oid.jsonb, from: [oid.json, oid.jsonb], ...json }
}

/** Connects when first used, and again by itself after every loss; so a database that is down does not stop the process. */
const layer = (options: PostgresOptions): Layer.Layer<Database> =>
  Layer.effect(
    Database,
    Effect.gen(function* () {
      const pool = yield* Effect.acquireRelease(
        Effect.sync(() =>
          makePostgresPool({
            maxConnections: options.maxConnections ?? 10,
            acquireTimeoutMillis: options.acquireTimeoutMillis ?? 10_000,
            url: Redacted.value(options.url),
            session: {
              connect_timeout: 5,
              // postgres.js waits up to 20 s by default before it dials again; a caller is better told at once.
              backoff: () => 0.1,
              // Its timer would end a session in the middle of a transaction.
              max_lifetime: null,
              onnotice: () => {},
              types,
              connection: {
                application_name: "butler",
                statement_timeout: options.statementTimeoutMillis ?? 30_000,
                idle_in_transaction_session_timeout: 60_000
              }
            }
          })
        ),
        // Not `kysely.destroy()`: it waits for ever for a statement that never ends.
        (opened) => Effect.promise(() => opened.end(5))
      )
      return { kysely: new Kysely<DB>({ dialect: makePostgresSessionDialect(pool) }), engine: "postgres" as const }
    })
  )

export const PostgresDatabase = { layer }
