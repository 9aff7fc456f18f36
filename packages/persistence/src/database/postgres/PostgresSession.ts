import { AbortedTransactionError, type CompiledQuery, type DatabaseConnection, type QueryResult } from "kysely"
import postgres from "postgres"

const WRITES: ReadonlySet<string> = new Set(["INSERT", "UPDATE", "DELETE", "MERGE"])

// postgres.js sends a statement without parameters unprepared unless told otherwise.
const PREPARED = { prepare: true, simple: false }

export type PostgresSessionOptions = postgres.Options<Record<string, postgres.PostgresType>>

const sessionLost = (): Error => Object.assign(new Error("the session was lost"), { code: "CONNECTION_CLOSED" })

/** One PostgreSQL session as Kysely sees it. */
export interface PostgresSession extends DatabaseConnection {
  /** Connects. Everything else comes after it. */
  readonly open: () => Promise<void>
  readonly begin: (statement: string) => Promise<void>
  readonly commit: () => Promise<void>
  readonly rollback: () => Promise<void>
  /** False once it was lost, or holds a transaction that could not be ended. */
  readonly isUsable: () => boolean
  readonly end: (timeoutSeconds: number) => Promise<void>
}

/**
 * A postgres.js client of exactly one connection, thrown away when that is lost. Seen in 3.4.9, which is why neither its pool
 * nor its reconnecting is used: a statement on a reserved session whose socket died writes to null outside of any promise and
 * ends the process; releasing such a session lends it to the next caller; a socket that closes in the turn of a write leaves
 * that write's half-set timer behind, so that every later connection of the client waits for ever; and its `fetch_types`, which
 * is why array types are listed by hand, rejects outside of any promise when the session ends meanwhile.
 */
export const openPostgresSession = (
  url: string,
  connectTimeoutMillis: number,
  options: PostgresSessionOptions
): PostgresSession => {
  let lost = false
  let inTransaction = false
  const client = postgres(url, {
    ...options,
    max: 1,
    fetch_types: false,
    onclose: () => {
      lost = true
    }
  })

  const run = async <R>(sql: string, parameters: ReadonlyArray<unknown>) => {
    if (lost) throw sessionLost()
    // Kysely knows parameters as unknown; postgres.js itself rejects what it cannot serialise.
    const values = parameters as Array<postgres.ParameterOrJSON<never>>
    try {
      return await client.unsafe<Array<R>>(sql, values, PREPARED)
    } catch (error) {
      // Between a socket's error and its close, postgres.js still takes statements, and never settles them.
      if (!(error instanceof postgres.PostgresError)) lost = true
      throw error
    }
  }

  return {
    open: async () => {
      // postgres.js dials again and again, without a pause, when a proxy accepts and then closes.
      const deadline = setTimeout(() => void client.end({ timeout: 0 }), connectTimeoutMillis)
      try {
        await run("select 1", [])
      } finally {
        clearTimeout(deadline)
      }
    },
    executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
      const result = await run<R>(query.sql, query.parameters)
      const rows = Array.from<R>(result)
      return WRITES.has(result.command) ? { rows, numAffectedRows: BigInt(result.count) } : { rows }
    },
    streamQuery: async function* () {
      throw new Error("streaming is not supported: read in pages")
    },
    begin: async (statement) => {
      inTransaction = true
      await run(statement, [])
    },
    commit: async () => {
      const { command } = await run("commit", []).catch((error: unknown) => {
        if (error instanceof postgres.PostgresError) inTransaction = false
        throw error
      })
      inTransaction = false
      // The server answers the commit of a spoilt transaction with a rollback, and calls that success.
      if (command === "ROLLBACK") throw new AbortedTransactionError()
    },
    rollback: async () => {
      await run("rollback", [])
      inTransaction = false
    },
    isUsable: () => !lost && !inTransaction,
    end: (timeout) => client.end({ timeout: lost ? 0 : timeout })
  }
}
