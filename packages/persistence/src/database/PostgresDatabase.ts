import { Effect, Layer, Redacted } from "effect"
import { Kysely } from "kysely"
import { Database } from "./Database.ts"
import { makePostgresPool } from "./postgres/PostgresPool.ts"
import { makePostgresSessionDialect } from "./postgres/PostgresSessionDialect.ts"
import type { DB } from "./tables.ts"
import { wireTypes } from "./wireTypes.ts"

export interface PostgresOptions {
  readonly url: Redacted.Redacted
  readonly maxConnections?: number
  /** How long a query may wait for a free connection before it fails as unavailable. */
  readonly acquireTimeoutMillis?: number
  readonly connectTimeoutMillis?: number
  readonly statementTimeoutMillis?: number
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
            connectTimeoutMillis: options.connectTimeoutMillis ?? 5000,
            session: {
              // Its timer would end a session in the middle of a transaction.
              max_lifetime: null,
              keep_alive: 15,
              onnotice: () => {},
              types: wireTypes,
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
