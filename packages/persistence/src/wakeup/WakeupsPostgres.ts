import { makeWakeups, type TurnId, type TurnNews, Wakeups, type WakeupsShape } from "@butler/domain"
import { Effect, Fiber, Latch, Layer, Option, Random, type Redacted } from "effect"
import { type Listener, openListener } from "./openListener.ts"
import { decodePayload, emptyOutbox, encodePayload, isEmpty, newsOf, payloadsOf, putBack } from "./wakeupPayload.ts"

const CHANNEL = "butler"

/** Whatever is said within it goes with the next NOTIFY: each takes a lock that all commits of the server share. */
const PAUSE = "5 millis"

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 2_000

/** How long a process that ends waits to say its last words, such as that it has given its leases back. */
const LAST_WORDS = "500 millis"

const make = Effect.fnUntraced(function* (url: Redacted.Redacted) {
  const here = makeWakeups()
  const run = Effect.runForkWith(yield* Effect.context())
  const from = (yield* Random.nextInt).toString(36)
  const filled = yield* Latch.make(false)
  const said = yield* Latch.make(true)
  let outbox = emptyOutbox()

  const add = (put: () => void): Effect.Effect<void> =>
    Effect.sync(() => {
      put()
      Latch.closeUnsafe(said)
      Latch.openUnsafe(filled)
    })

  const onNotify = (text: string): void => {
    const payload = Option.getOrUndefined(decodePayload(text))
    if (payload === undefined || payload.from === from) return
    const due = Effect.forEach(payload.due, here.signal, { discard: true })
    run(
      Effect.andThen(
        due,
        Effect.forEach(newsOf(payload), ([news, ids]) => here.tell(news, ids), { discard: true })
      )
    )
  }

  const send = Effect.fnUntraced(function* ({ notify }: Listener) {
    yield* Latch.await(filled)
    yield* Latch.close(filled)
    const taken = outbox
    outbox = emptyOutbox()
    yield* Effect.forEach(payloadsOf(from, taken), (payload) => notify(encodePayload(payload)), { discard: true }).pipe(
      Effect.onError(() => add(() => putBack(taken, outbox)))
    )
    if (isEmpty(outbox)) yield* Latch.open(said)
    yield* Effect.sleep(PAUSE)
  })

  let pauseMs = FIRST_PAUSE_MS
  /** One connection's life: what was said before it was there has been missed. */
  const connection = Effect.gen(function* () {
    const listener = yield* openListener({ url, channel: CHANNEL, onNotify })
    pauseMs = FIRST_PAUSE_MS
    yield* here.missed
    yield* Effect.raceFirst(listener.lost, Effect.forever(send(listener)))
  }).pipe(
    Effect.scoped,
    // The database's own users say that it is gone; here the poll stands behind.
    Effect.catchCause((cause) => Effect.logDebug("wake-ups are cut off from other processes", cause))
  )
  const again = Effect.suspend(() => {
    const pause = pauseMs
    pauseMs = Math.min(pause * 2, LONGEST_PAUSE_MS)
    return Effect.flatMap(Random.nextBetween(pause * 0.5, pause), Effect.sleep)
  })
  const listening = yield* Effect.forkScoped(Effect.forever(Effect.andThen(connection, again)))
  yield* Effect.addFinalizer(() =>
    Effect.andThen(Effect.timeoutOption(Latch.await(said), LAST_WORDS), Fiber.interrupt(listening))
  )

  return {
    signal: (kind) =>
      Effect.andThen(
        here.signal(kind),
        add(() => outbox.due.add(kind))
      ),
    listen: here.listen,
    tell: (news: TurnNews, turnIds: ReadonlyArray<TurnId>) =>
      Effect.andThen(
        here.tell(news, turnIds),
        add(() => turnIds.forEach((turnId) => outbox.news[news].add(turnId)))
      ),
    hear: here.hear
  } satisfies WakeupsShape
})

/**
 * Wake-ups between processes by LISTEN and NOTIFY on one connection of its own. A listener in this process is called at
 * once; others hear it a few milliseconds after, and nobody waits for that. Each time the connection is opened again,
 * everything that listens here is woken, since it may have missed something.
 */
const layer = (options: { readonly url: Redacted.Redacted }): Layer.Layer<never> =>
  Layer.effect(Wakeups, make(options.url))

export const WakeupsPostgres = { layer }
