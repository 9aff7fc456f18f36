import { Deferred, Effect, Redacted, type Scope } from "effect"
import postgres from "postgres"
import { type SqlFailure, sqlFailure } from "../database/SqlFailure.ts"

export interface ListenerOptions {
  readonly url: Redacted.Redacted
  readonly channel: string
  readonly onNotify: (payload: string) => void
}

/** A session that listens, and notifies others. */
export interface Listener {
  readonly notify: (payload: string) => Effect.Effect<void, SqlFailure>
  /** Ends when the session is lost. */
  readonly lost: Effect.Effect<void>
}

/** A session that does not answer for so long is as good as lost. */
const PATIENCE = "5 seconds"

/**
 * Listens on a connection of its own until the scope closes. It is thrown away when it is lost, and not postgres.js's to
 * open again: what was said meanwhile has been missed, and whoever listens has to know.
 */
export const openListener = Effect.fnUntraced(function* ({
  channel,
  onNotify,
  url
}: ListenerOptions): Effect.fn.Return<Listener, SqlFailure, Scope.Scope> {
  const lost = yield* Deferred.make<void>()
  const options = {
    max: 1,
    fetch_types: false,
    idle_timeout: 0,
    max_lifetime: null,
    keep_alive: 15,
    connection: { application_name: "butler wake-ups" },
    onnotice: () => {},
    onnotify: (_channel: string, payload: string) => onNotify(payload),
    onclose: () => Deferred.doneUnsafe(lost, Effect.void)
  }
  const client = yield* Effect.acquireRelease(
    Effect.sync(() => postgres(Redacted.value(url), options)),
    (opened) => Effect.promise(() => opened.end({ timeout: 0 }))
  )
  const run = (operation: string, sql: string, parameters: Array<string>): Effect.Effect<void, SqlFailure> => {
    const failed = sqlFailure(operation)
    const sent = Effect.tryPromise({ try: () => client.unsafe(sql, parameters), catch: failed })
    const orElse = () => Effect.fail(failed(new Error("no answer")))
    return sent.pipe(Effect.timeoutOrElse({ duration: PATIENCE, orElse }), Effect.asVoid)
  }
  yield* run("wakeup.listen", `listen ${channel}`, [])
  return {
    notify: (payload) => run("wakeup.notify", "select pg_notify($1, $2)", [channel, payload]),
    lost: Deferred.await(lost)
  }
})
