import { Clock, Effect, Latch, Schedule } from "effect"
import { Ids } from "../ids/Ids.ts"
import type { LaneJob, LaneRunnerOptions } from "./LaneJob.ts"
import { makeLaneWorkers } from "./makeLaneWorkers.ts"
import { Wakeups } from "./Wakeups.ts"

/** Stands behind the wake-ups, for work that other processes left. */
const POLL = Schedule.jittered(Schedule.spaced("1 second"))

/**
 * Works through lanes for as long as its scope is open: claims what is due while there are places, keeps the leases alive,
 * and gives back what a shutdown could not finish.
 */
export const makeLaneRunner = Effect.fnUntraced(function* <Item, Done, E>(
  job: LaneJob<Item, Done, E>,
  options: LaneRunnerOptions
) {
  const ids = yield* Ids
  const due = yield* Latch.make(true)
  const wake = Effect.asVoid(Latch.open(due))
  let full = false
  const workers = yield* makeLaneWorkers(job, options.leaseMs, (more) => (more || full ? wake : Effect.void))

  const survive = Effect.catchCause((cause) =>
    Effect.logError(`the ${job.name} runner could not reach its store`, cause)
  )

  // Begun before the drain, and so ended after it: what a shutdown waits for keeps its lease.
  yield* workers.heartbeat.pipe(
    Effect.timeout(options.heartbeatMs * 0.8),
    survive,
    Effect.repeat(Schedule.spaced(options.heartbeatMs)),
    Effect.forkScoped
  )
  yield* Effect.addFinalizer(() => workers.drain(options.drainMs))

  /** A claim is shared out between the workspaces that have due work, so only a lone one has had all it could. */
  const isAll = (claimed: ReadonlyArray<Item>, limit: number): boolean =>
    claimed.length < limit && new Set(claimed.map((item) => job.leaseOf(item).workspaceId)).size <= 1

  /** Claims until nothing is due or all places are taken; a place that gets free wakes it again. */
  const claim = Effect.gen(function* () {
    for (;;) {
      const limit = Math.min(options.batch, options.concurrency - workers.size())
      full = limit <= 0
      if (full) return
      const claimed = yield* job.claim(limit, { token: yield* ids.snowflake, durationMs: options.leaseMs })
      yield* Effect.forEach(claimed, workers.start, { discard: true })
      if (isAll(claimed, limit)) return
    }
  }).pipe(Effect.withSpan(`${job.name}.claim`))

  const { paceMs = 0 } = options
  let mayClaimAt = 0
  /** A wake-up after a quiet time is heeded at once, those that follow it together. */
  const pace = Effect.flatMap(Clock.currentTimeMillis, (now) => {
    const wait = Math.min(Math.max(0, mayClaimAt - now), paceMs)
    mayClaimAt = now + wait + paceMs
    return wait > 0 ? Effect.sleep(wait) : Effect.void
  })

  yield* Latch.await(due).pipe(
    Effect.andThen(pace),
    Effect.andThen(Latch.close(due)),
    Effect.andThen(survive(claim)),
    Effect.forever,
    Effect.forkScoped
  )
  if (job.wakesOn !== null) yield* (yield* Wakeups).listen(job.wakesOn, wake)
  yield* wake.pipe(Effect.repeat(POLL), Effect.forkScoped)

  return {
    start: workers.start,
    stop: workers.stop,
    /** Stops what has been taken over or ended elsewhere, without waiting for the next heartbeat. */
    checkLeases: survive(workers.heartbeat),
    wake,
    size: Effect.sync(workers.size)
  }
})
