import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type TransactionSettings
} from "kysely"
import type { PostgresPool } from "./PostgresPool.ts"
import type { PostgresSession } from "./PostgresSession.ts"

const beginStatement = ({ isolationLevel, accessMode }: TransactionSettings): string =>
  ["begin", isolationLevel && `isolation level ${isolationLevel}`, accessMode]
    .filter((part) => part !== undefined)
    .join(" ")

const isSession = (connection: DatabaseConnection): connection is PostgresSession => "isUsable" in connection

const sessionOf = (connection: DatabaseConnection): PostgresSession => {
  if (isSession(connection)) return connection
  throw new Error("not a connection of this pool")
}

const makeDriver = (pool: PostgresPool): Driver => ({
  init: async () => {},
  acquireConnection: () => pool.acquire(),
  beginTransaction: (connection, settings) => sessionOf(connection).begin(beginStatement(settings)),
  commitTransaction: (connection) => sessionOf(connection).commit(),
  rollbackTransaction: (connection) => sessionOf(connection).rollback(),
  releaseConnection: async (connection) => pool.release(sessionOf(connection)),
  destroy: () => pool.end(5)
})

/** PostgreSQL's dialect of Kysely over our own pool. */
export const makePostgresSessionDialect = (pool: PostgresPool): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => makeDriver(pool),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler()
})
