import {
  DeliveryQueue,
  type DeliveryShare,
  type DeliveryWork,
  Ids,
  type LaneJob,
  type Lease,
  makeLaneRunner,
  Replays,
  RETENTION_MS,
  SigningSecrets
} from "@butler/domain"
import { Context, Effect, Layer, Schedule } from "effect"
import { Sender } from "../send/Sender.ts"
import { deliveriesRunning, deliveryLeasesLost, replaysRunning } from "./deliveryMetrics.ts"
import { makeRunLane } from "./makeRunLane.ts"

export interface DeliveryRunnerOptions {
  /** Lanes worked on at once whose heads were never looked at before; most of them wait for a receiver's answer. */
  readonly concurrency: number
  /** And of those that were tried or put off before. */
  readonly retryConcurrency: number
  readonly leaseMs: number
  readonly heartbeatMs: number
  /** How long a shutdown waits for what runs. */
  readonly drainMs: number
}

export const defaultDeliveryRunnerOptions: DeliveryRunnerOptions = {
  concurrency: 512,
  retryConcurrency: 128,
  leaseMs: 30_000,
  heartbeatMs: 5_000,
  drainMs: 10_000
}

/** Sends what is owed to endpoints and callbacks, and puts back what is to be replayed. */
export class DeliveryRunner extends Context.Service<
  DeliveryRunner,
  {
    /** Says that something may be due, so that it need not wait for the poll. */
    readonly wake: Effect.Effect<void>
    /** How many lanes this process works on. */
    readonly size: Effect.Effect<number>
  }
>()("@butler/webhooks/DeliveryRunner") {
  static readonly layer = (
    options: DeliveryRunnerOptions = defaultDeliveryRunnerOptions
  ): Layer.Layer<DeliveryRunner, never, DeliveryQueue | Replays | SigningSecrets | Sender | Ids> =>
    Layer.effect(DeliveryRunner, make(options))
}

/** Lanes claimed by one statement. */
const BATCH = 64

/** Claims begin so far apart, so that each has more to lease: a burst of commits is one claim, not one for each. */
const PACE_MS = 10

/** Deliveries that a replay puts back at once, and the pause before the next: retries of others go on in between. */
const REPLAY_STEP = 500
const REPLAY_PAUSE_MS = 1_000

const PURGE_STEP = 1_000

const replayJob = (replays: Replays["Service"]): LaneJob<Lease, void, never> => ({
  wakesOn: "replay",
  name: "replay",
  idOf: (lease) => lease.key,
  leaseOf: (lease) => lease,
  claim: replays.claim,
  // A step is one short statement: it ends long before its lease.
  heartbeat: Effect.succeed,
  giveBack: () => Effect.void,
  run: (lease) => replays.step(lease, REPLAY_STEP, REPLAY_PAUSE_MS),
  hasMore: () => false,
  lost: () => Effect.interrupt,
  running: replaysRunning,
  leasesLost: deliveryLeasesLost
})

/** Removes what is past its time, a little at a time. */
const purge = (queue: DeliveryQueue["Service"]) =>
  queue.purge(RETENTION_MS, PURGE_STEP).pipe(
    Effect.repeat({ while: (removed) => removed === PURGE_STEP }),
    Effect.catchCause((cause) => Effect.logError("could not remove old deliveries", cause)),
    Effect.delay("1 minute"),
    Effect.repeat(Schedule.jittered(Schedule.spaced("1 hour")))
  )

const make = Effect.fnUntraced(function* (options: DeliveryRunnerOptions) {
  const queue = yield* DeliveryQueue
  const replays = yield* Replays
  const runLane = yield* makeRunLane()

  const job = (share: DeliveryShare): LaneJob<DeliveryWork, boolean, never> => ({
    // What is due again is so by the clock; a signal is about what is new.
    wakesOn: share === "fresh" ? "delivery" : null,
    name: "delivery",
    idOf: ({ lease }) => `${lease.workspaceId}/${lease.key}/${lease.seq}`,
    leaseOf: ({ lease }) => lease,
    claim: (limit, terms) => queue.claim(share, limit, terms),
    heartbeat: queue.heartbeat,
    giveBack: (left) => queue.giveBack(left.map(({ lease }) => lease)),
    run: runLane,
    hasMore: (more) => more,
    lost: () => Effect.interrupt,
    running: deliveriesRunning[share],
    leasesLost: deliveryLeasesLost
  })

  // One is drained after the other.
  const drainMs = options.drainMs / 2
  const terms = { batch: BATCH, paceMs: PACE_MS, leaseMs: options.leaseMs, heartbeatMs: options.heartbeatMs, drainMs }
  const fresh = yield* makeLaneRunner(job("fresh"), { ...terms, concurrency: options.concurrency })
  const again = yield* makeLaneRunner(job("again"), { ...terms, concurrency: options.retryConcurrency })
  yield* makeLaneRunner(replayJob(replays), { ...terms, concurrency: 1 })
  yield* Effect.forkScoped(purge(queue))

  return DeliveryRunner.of({
    wake: Effect.andThen(fresh.wake, again.wake),
    size: Effect.zipWith(fresh.size, again.size, (a, b) => a + b)
  })
})
