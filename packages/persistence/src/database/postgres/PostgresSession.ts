import { AbortedTransactionError, type CompiledQuery, type DatabaseConnection, type QueryResult } from "kysely"
import postgres from "postgres"

const WRITES: ReadonlySet<string> = new Set(["INSERT", "UPDATE", "DELETE", "MERGE"])

// postgres.js sends a statement without parameters unprepared unless told otherwise.
const PREPARED = { prepare: true, simple: false }

export type PostgresSessionOptions = postgres.Options<Record<string, postgres.PostgresType>>

const sessionLost = (): Error =>
  Object.assign(new Error("the session with the database was lost inside a transaction"), { code: "CONNECTION_CLOSED" })

/** One PostgreSQL session as Kysely sees it. */
export interface PostgresSession extends DatabaseConnection {
  readonly begin: (statement: string) => Promise<void>
  readonly commit: () => Promise<void>
  readonly rollback: () => Promise<void>
  /** False once a transaction could not be ended: the session must not be used again. */
  readonly isClean: () => boolean
  readonly end: (timeoutSeconds: number) => Promise<void>
}

/**
 * A postgres.js client of exactly one connection. postgres.js' own pool is not used, because of what `reserve()` does when a
 * reserved socket dies (3.4.9): a later statement writes to a null socket outside of any promise and ends the process, and
 * releasing it offers the dead connection to the next caller. A client of one connection reconnects by itself, so the only
 * care needed is that no statement of a transaction runs on a younger connection than the one it began on.
 */
export const openPostgresSession = (url: string, options: PostgresSessionOptions): PostgresSession => {
  let losses = 0
  let begunAt: number | undefined
  const client = postgres(url, { ...options, max: 1, onclose: () => void losses++ })

  const run = async <R>(sql: string, parameters: ReadonlyArray<unknown>) => {
    if (begunAt !== undefined && begunAt !== losses) throw sessionLost()
    // Kysely knows parameters as unknown; postgres.js itself rejects what it cannot serialise.
    const values = parameters as Array<postgres.ParameterOrJSON<never>>
    return client.unsafe<Array<R>>(sql, values, PREPARED)
  }

  return {
    executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
      const result = await run<R>(query.sql, query.parameters)
      const rows = Array.from<R>(result)
      return WRITES.has(result.command) ? { rows, numAffectedRows: BigInt(result.count) } : { rows }
    },
    streamQuery: async function* () {
      throw new Error("streaming is not supported: read in pages")
    },
    begin: async (statement) => {
      await run(statement, [])
      begunAt = losses
    },
    commit: async () => {
      const { command } = await run("commit", [])
      begunAt = undefined
      // The server answers the commit of a spoilt transaction with a rollback, and calls that success.
      if (command === "ROLLBACK") throw new AbortedTransactionError()
    },
    rollback: async () => {
      if (begunAt === losses) await run("rollback", [])
      begunAt = undefined
    },
    isClean: () => begunAt === undefined,
    end: (timeout) => client.end({ timeout })
  }
}
