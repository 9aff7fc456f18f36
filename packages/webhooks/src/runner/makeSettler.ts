import { DeliveryQueue, type EndpointAlarm, type Settlement, Wakeups } from "@butler/domain"
import { Deferred, Effect, Latch, Schedule } from "effect"

/** Outcomes stored by one statement. */
const BATCH = 128

/** A store that is away for a moment costs no second attempt at a receiver. */
const AGAIN = Schedule.exponential("100 millis").pipe(Schedule.upTo({ times: 4 }))

interface Waiting {
  readonly settlement: Settlement
  readonly done: Deferred.Deferred<void>
}

const report = ({ disabled, endpointId, failingSince, workspaceId }: EndpointAlarm) =>
  (disabled === null
    ? Effect.logWarning("a webhook endpoint does nothing but fail")
    : Effect.logError("a webhook endpoint has been disabled")
  ).pipe(Effect.annotateLogs({ workspaceId, endpointId, failingSince: failingSince.toISOString(), reason: disabled }))

/** Stores outcomes in batches: all that gather while a statement is on its way go with the next one. */
export const makeSettler = Effect.fnUntraced(function* () {
  const queue = yield* DeliveryQueue
  const wakeups = yield* Wakeups
  const waiting: Array<Waiting> = []
  const filled = yield* Latch.make(false)

  const store = Effect.fnUntraced(function* (batch: ReadonlyArray<Waiting>) {
    const { alarms, more } = yield* queue
      .settle(batch.map(({ settlement }) => settlement))
      .pipe(Effect.sandbox, Effect.retry(AGAIN), Effect.catch(Effect.failCause))
    yield* Effect.forEach(alarms, report, { discard: true })
    if (more) yield* wakeups.signal("delivery")
  })

  const flush = Effect.gen(function* () {
    yield* Latch.close(filled)
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH)
      const exit = yield* Effect.exit(store(batch))
      yield* Effect.forEach(batch, ({ done }) => Deferred.done(done, exit), { discard: true })
    }
  })

  yield* Latch.await(filled).pipe(Effect.andThen(flush), Effect.forever, Effect.forkScoped)

  /** Ends when the outcome is stored. */
  return Effect.fnUntraced(function* (settlement: Settlement) {
    const done = yield* Deferred.make<void>()
    waiting.push({ settlement, done })
    yield* Latch.open(filled)
    yield* Deferred.await(done)
  })
})
