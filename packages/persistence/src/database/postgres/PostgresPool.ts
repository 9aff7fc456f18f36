import { openPostgresSession, type PostgresSession, type PostgresSessionOptions } from "./PostgresSession.ts"

/** Sessions lent one at a time, opened when first needed, the warmest first. */
export interface PostgresPool {
  readonly acquire: () => Promise<PostgresSession>
  readonly release: (session: PostgresSession) => void
  readonly end: (timeoutSeconds: number) => Promise<void>
}

interface Waiter {
  readonly resolve: (session: PostgresSession) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

const failure = (code: string, message: string): Error => Object.assign(new Error(message), { code })

export const makePostgresPool = (options: {
  readonly url: string
  readonly session: PostgresSessionOptions
  readonly maxConnections: number
  readonly acquireTimeoutMillis: number
}): PostgresPool => {
  const sessions = new Set<PostgresSession>()
  const idle: Array<PostgresSession> = []
  const waiters = new Set<Waiter>()
  let ended = false

  const open = (): PostgresSession => {
    const session = openPostgresSession(options.url, options.session)
    sessions.add(session)
    return session
  }

  const wait = (): Promise<PostgresSession> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiters.delete(waiter)
        const message = `all ${options.maxConnections} database connections were busy for ${options.acquireTimeoutMillis} ms`
        reject(failure("POOL_EXHAUSTED", message))
      }, options.acquireTimeoutMillis)
      const waiter: Waiter = { resolve, reject, timer }
      waiters.add(waiter)
    })

  const lend = (session: PostgresSession): void => {
    const [next] = waiters
    if (next === undefined) {
      idle.push(session)
      return
    }
    waiters.delete(next)
    clearTimeout(next.timer)
    next.resolve(session)
  }

  return {
    acquire: async () => {
      if (ended) throw failure("CONNECTION_ENDED", "the database was closed")
      return idle.pop() ?? (sessions.size < options.maxConnections ? open() : wait())
    },
    release: (session) => {
      if (session.isClean()) return lend(session)
      sessions.delete(session)
      // Its transaction may still be open on the server: closing the socket is what ends it.
      void session.end(0)
      if (!ended) lend(open())
    },
    end: async (timeoutSeconds) => {
      ended = true
      for (const waiter of waiters) {
        clearTimeout(waiter.timer)
        waiter.reject(failure("CONNECTION_ENDED", "the database was closed"))
      }
      waiters.clear()
      await Promise.all([...sessions].map((session) => session.end(timeoutSeconds)))
    }
  }
}
