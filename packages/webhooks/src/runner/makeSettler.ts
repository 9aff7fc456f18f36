import {
  type DeliveryOutcome,
  DeliveryQueue,
  type EndpointAlarm,
  type Lease,
  type Settlement,
  type WebhookEndpointId
} from "@butler/domain"
import { Deferred, Effect, Latch, Schedule } from "effect"
import { countSettled } from "./deliveryMetrics.ts"

/** Lanes stored by one statement. */
const BATCH = 128

/** Statements begin so far apart, so that each has more to store. */
const PACE_MS = 20

/** What became of a delivery is stored after this at the latest, while its lane goes on with the next. */
const UNSTORED_MS = 100

/** A store that is away for a moment costs no second attempt at a receiver. */
const AGAIN = Schedule.exponential("100 millis").pipe(Schedule.upTo({ times: 4 }))

/** A leased lane with outcomes that are not stored yet. */
interface Unstored {
  lease: Lease
  outcomes: Array<DeliveryOutcome>
  since: number
  /** Set when the lane is given up: whether lanes have more to do now. */
  released: Deferred.Deferred<boolean> | null
}

const report = ({ disabled, endpointId, failingSince, workspaceId }: EndpointAlarm) =>
  (disabled === null
    ? Effect.logWarning("a webhook endpoint does nothing but fail")
    : Effect.logError("a webhook endpoint has been disabled")
  ).pipe(Effect.annotateLogs({ workspaceId, endpointId, failingSince: failingSince.toISOString(), reason: disabled }))

/**
 * Stores outcomes in batches: lanes that are given up as soon as the statement before has ended, those that go on after a
 * while, so that a lane of quick deliveries is stored as one.
 */
export const makeSettler = Effect.fnUntraced(function* () {
  const queue = yield* DeliveryQueue
  const unstored = new Map<Unstored, WebhookEndpointId | null>()
  const due = yield* Latch.make(false)
  const filled = yield* Latch.make(false)

  const store = Effect.fnUntraced(function* (settlements: ReadonlyArray<Settlement>) {
    const { alarms, more } = yield* queue
      .settle(settlements)
      .pipe(Effect.sandbox, Effect.retry(AGAIN), Effect.catch(Effect.failCause))
    yield* Effect.forEach(alarms, report, { discard: true })
    yield* Effect.forEach(settlements, ({ outcomes }) => countSettled(outcomes), { discard: true })
    return more
  })

  /** A lane is in it once at most: its next outcomes build on these. */
  const takeDue = (now: number): ReadonlyArray<readonly [Settlement, Unstored["released"]]> => {
    const taken = []
    for (const [lane, endpointId] of unstored) {
      const { lease, outcomes, released, since } = lane
      if (released === null && now - since < UNSTORED_MS) continue
      unstored.delete(lane)
      lane.lease = { ...lease, seq: lease.seq + outcomes.length }
      lane.outcomes = []
      taken.push([{ lease, endpointId, outcomes, released: released !== null }, released] as const)
      if (taken.length === BATCH) break
    }
    return taken
  }

  const flush = Effect.gen(function* () {
    yield* Latch.close(due)
    for (;;) {
      const began = performance.now()
      const batch = takeDue(began)
      if (batch.length === 0) return
      const exit = yield* Effect.exit(store(batch.map(([settlement]) => settlement)))
      for (const [, released] of batch) if (released !== null) Deferred.doneUnsafe(released, exit)
      if (batch.length < BATCH) yield* Effect.sleep(Math.max(0, began + PACE_MS - performance.now()))
    }
  })

  const sweep = Latch.await(filled).pipe(
    Effect.andThen(Latch.close(filled)),
    Effect.andThen(Effect.sleep(UNSTORED_MS)),
    Effect.andThen(Latch.open(due))
  )

  yield* Latch.await(due).pipe(Effect.andThen(flush), Effect.forever, Effect.forkScoped)
  yield* Effect.forkScoped(Effect.forever(sweep))

  return (leased: Lease, endpointId: WebhookEndpointId | null) => {
    const lane: Unstored = { lease: leased, outcomes: [], since: 0, released: null }
    const put = (outcome: DeliveryOutcome): void => {
      if (lane.outcomes.length === 0) lane.since = performance.now()
      lane.outcomes.push(outcome)
      unstored.set(lane, endpointId)
    }
    return {
      /** Takes a final outcome, after which the lane goes on. */
      add: (outcome: DeliveryOutcome): void => {
        put(outcome)
        Latch.openUnsafe(filled)
      },
      /** Takes the last outcome and gives the lane up; ends when all is stored, and says whether lanes have more to do now. */
      end: (outcome: DeliveryOutcome): Effect.Effect<boolean> =>
        Effect.suspend(() => {
          put(outcome)
          lane.released = Deferred.makeUnsafe<boolean>()
          Latch.openUnsafe(due)
          return Deferred.await(lane.released)
        })
    }
  }
})
