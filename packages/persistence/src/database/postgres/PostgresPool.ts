import { openPostgresSession, type PostgresSession, type PostgresSessionOptions } from "./PostgresSession.ts"

/** Sessions lent one at a time, opened when first needed, the warmest first. */
export interface PostgresPool {
  readonly acquire: () => Promise<PostgresSession>
  readonly release: (session: PostgresSession) => void
  readonly end: (timeoutSeconds: number) => Promise<void>
}

interface Waiter {
  /** Without a session: there is room to open one. */
  readonly resolve: (session: PostgresSession | undefined) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

const failure = (code: string, message: string): Error => Object.assign(new Error(message), { code })

export const makePostgresPool = (options: {
  readonly url: string
  readonly session: PostgresSessionOptions
  readonly maxConnections: number
  readonly connectTimeoutMillis: number
  readonly acquireTimeoutMillis: number
}): PostgresPool => {
  const sessions = new Set<PostgresSession>()
  const idle: Array<PostgresSession> = []
  const waiters = new Set<Waiter>()
  let ended = false

  const wait = (): Promise<PostgresSession | undefined> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiters.delete(waiter)
        const message = `all ${options.maxConnections} database connections were busy for ${options.acquireTimeoutMillis} ms`
        reject(failure("POOL_EXHAUSTED", message))
      }, options.acquireTimeoutMillis)
      const waiter: Waiter = { resolve, reject, timer }
      waiters.add(waiter)
    })

  const nextWaiter = (): Waiter | undefined => {
    const [waiter] = waiters
    if (waiter === undefined) return undefined
    waiters.delete(waiter)
    clearTimeout(waiter.timer)
    return waiter
  }

  const discard = (session: PostgresSession): void => {
    sessions.delete(session)
    // A transaction may still be open on the server: closing the socket is what ends it.
    void session.end(0)
    nextWaiter()?.resolve(undefined)
  }

  const open = async (): Promise<PostgresSession> => {
    const session = openPostgresSession(options.url, options.connectTimeoutMillis, options.session)
    sessions.add(session)
    try {
      await session.open()
      return session
    } catch (error) {
      discard(session)
      throw error
    }
  }

  const takeIdle = (): PostgresSession | undefined => {
    const session = idle.pop()
    if (session === undefined || session.isUsable()) return session
    discard(session)
    return takeIdle()
  }

  const acquire = async (): Promise<PostgresSession> => {
    if (ended) throw failure("CONNECTION_ENDED", "the database was closed")
    const session = takeIdle()
    if (session !== undefined) return session
    return sessions.size < options.maxConnections ? open() : ((await wait()) ?? acquire())
  }

  return {
    acquire,
    release: (session) => {
      if (!session.isUsable()) return discard(session)
      const waiter = nextWaiter()
      if (waiter === undefined) idle.push(session)
      else waiter.resolve(session)
    },
    end: async (timeoutSeconds) => {
      ended = true
      for (let waiter = nextWaiter(); waiter !== undefined; waiter = nextWaiter()) {
        waiter.reject(failure("CONNECTION_ENDED", "the database was closed"))
      }
      await Promise.all([...sessions].map((session) => session.end(timeoutSeconds)))
    }
  }
}
