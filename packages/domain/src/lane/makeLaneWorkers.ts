import { Cause, Deferred, Effect, FiberMap, Metric } from "effect"
import type { LaneJob } from "./LaneJob.ts"

interface Running<Item, Done, E> {
  readonly item: Item
  readonly done: Deferred.Deferred<Done, E>
}

/** The leased heads that this process works on, each in a fiber of its own that outlives whoever asked for it. */
export const makeLaneWorkers = Effect.fnUntraced(function* <Item, Done, E>(
  job: LaneJob<Item, Done, E>,
  leaseMs: number,
  onEnd: (more: boolean) => Effect.Effect<void>
) {
  const fibers = yield* FiberMap.make<string, unknown, never>()
  const running = new Map<string, Running<Item, Done, E>>()

  const gauge = Effect.suspend(() => Metric.update(job.running, running.size))

  const work = ({ done, item }: Running<Item, Done, E>, id: string) =>
    job.run(item).pipe(
      // Nobody waits for what was claimed from a lane: without this its breakdown would go unseen.
      Effect.tapCause((cause) =>
        Cause.hasDies(cause) ? Effect.logError(`a ${job.name} broke down`, cause) : Effect.void
      ),
      Effect.onExit((exit) => {
        if (running.get(id)?.done === done) running.delete(id)
        const more = exit._tag === "Success" && job.hasMore(exit.value)
        return Effect.andThen(Deferred.done(done, exit), Effect.andThen(gauge, onEnd(more)))
      }),
      Effect.annotateLogs({ [`${job.name}Id`]: id })
    )

  /** Starts a leased head. The deferred ends with it, or fails when another process has taken it over. */
  const start = Effect.fnUntraced(function* (item: Item) {
    const id = job.idOf(item)
    const entry = { item, done: yield* Deferred.make<Done, E>() }
    running.set(id, entry)
    yield* gauge
    yield* FiberMap.run(fibers, id, Effect.exit(work(entry, id)))
    return entry.done
  })

  const abandon = Effect.fnUntraced(function* ({ done, item }: Running<Item, Done, E>) {
    const id = job.idOf(item)
    yield* Metric.update(job.leasesLost, 1)
    yield* Effect.logWarning(`lost the lease of a ${job.name}`).pipe(Effect.annotateLogs({ [`${job.name}Id`]: id }))
    yield* Deferred.complete(done, job.lost(item))
    yield* FiberMap.remove(fibers, id)
  })

  /** Stops what was ended by somebody else. */
  const stop = (ids: ReadonlyArray<string>) =>
    Effect.forEach(
      ids.flatMap((id) => running.get(id) ?? []),
      abandon,
      { discard: true }
    )

  /** Prolongs every lease; work whose lease is gone is interrupted, since it can store nothing any more. */
  const heartbeat = Effect.gen(function* () {
    const asked = [...running.values()].map((entry) => ({ entry, lease: job.leaseOf(entry.item) }))
    if (asked.length === 0) return
    const kept = yield* job.heartbeat(
      asked.map(({ lease }) => lease),
      leaseMs
    )
    const keptLeases = new Set(kept)
    const lost = asked.filter(
      ({ entry, lease }) => !keptLeases.has(lease) && running.get(job.idOf(entry.item)) === entry
    )
    yield* Effect.forEach(lost, ({ entry }) => abandon(entry), { discard: true })
  }).pipe(Effect.withSpan(`${job.name}.heartbeat`))

  /** Waits for what runs, then stops the rest and gives it back to be done elsewhere at once. */
  const drain = Effect.fnUntraced(function* (deadlineMs: number) {
    yield* Effect.timeoutOption(FiberMap.awaitEmpty(fibers), deadlineMs)
    const left = [...running.values()]
    yield* FiberMap.clear(fibers)
    if (left.length > 0) yield* Effect.exit(job.giveBack(left.map(({ item }) => item)))
  })

  return { start, stop, heartbeat, drain, size: () => running.size }
})
