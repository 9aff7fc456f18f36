import {
  Answerer,
  Ids,
  LeaseLost,
  type RunnableTurn,
  runTurn,
  type TurnEnding,
  type TurnId,
  Turns
} from "@butler/domain"
import { Deferred, Effect, FiberMap, Metric } from "effect"
import { leasesLost, turnsEnded, turnsRunning } from "./turnMetrics.ts"

interface Running {
  readonly turn: RunnableTurn
  readonly done: Deferred.Deferred<TurnEnding, LeaseLost>
}

export interface RunningTurnsOptions {
  readonly leaseMs: number
  /** Called when a turn has ended; `more` says that its dialog has another one waiting. */
  readonly onEnd: (turnId: TurnId, more: boolean) => Effect.Effect<void>
}

/** The turns that this process runs, each in a fiber of its own that outlives whoever asked for it. */
export const makeRunningTurns = Effect.fnUntraced(function* ({ leaseMs, onEnd }: RunningTurnsOptions) {
  const turns = yield* Turns
  const context = yield* Effect.context<Turns | Ids | Answerer>()
  const fibers = yield* FiberMap.make<TurnId, unknown, never>()
  const running = new Map<TurnId, Running>()

  const gauge = Effect.suspend(() => Metric.update(turnsRunning, running.size))

  const work = (entry: Running) =>
    runTurn(entry.turn).pipe(
      Effect.provideContext(context),
      Effect.tap(({ ending, more }) =>
        Effect.andThen(
          Metric.update(Metric.withAttributes(turnsEnded, { status: ending.status }), 1),
          onEnd(entry.turn.id, more)
        )
      ),
      Effect.map(({ ending }) => ending),
      Effect.onExit((exit) => {
        if (running.get(entry.turn.id) === entry) running.delete(entry.turn.id)
        return Effect.andThen(Deferred.done(entry.done, exit), gauge)
      }),
      Effect.annotateLogs({ turnId: entry.turn.id })
    )

  /** Starts a leased turn. The deferred ends with it, or fails when another process has taken it over. */
  const start = Effect.fnUntraced(function* (turn: RunnableTurn) {
    const entry: Running = { turn, done: yield* Deferred.make<TurnEnding, LeaseLost>() }
    running.set(turn.id, entry)
    yield* gauge
    yield* FiberMap.run(fibers, turn.id, Effect.exit(work(entry)))
    return entry.done
  })

  const abandon = Effect.fnUntraced(function* ({ done, turn }: Running) {
    yield* Metric.update(leasesLost, 1)
    yield* Effect.logInfo("stopped a turn that is no longer ours").pipe(Effect.annotateLogs({ turnId: turn.id }))
    yield* Deferred.fail(done, new LeaseLost({ turnId: turn.id }))
    yield* FiberMap.remove(fibers, turn.id)
  })

  const stop = (turnIds: ReadonlyArray<TurnId>) =>
    Effect.forEach(
      turnIds.flatMap((id) => running.get(id) ?? []),
      abandon,
      { discard: true }
    )

  /** Prolongs every lease; a turn whose lease is gone is interrupted, since it can store nothing any more. */
  const heartbeat = Effect.fn("TurnRunner.heartbeat")(function* () {
    const asked = [...running.values()]
    if (asked.length === 0) return
    const kept = yield* turns.heartbeat(
      asked.map(({ turn }) => turn.lease),
      leaseMs
    )
    const keptLeases = new Set(kept)
    const lost = asked.filter((entry) => !keptLeases.has(entry.turn.lease) && running.get(entry.turn.id) === entry)
    yield* Effect.forEach(lost, abandon, { discard: true })
  })

  /** Waits for what runs, then stops the rest and gives it back to be run elsewhere at once. */
  const drain = Effect.fnUntraced(function* (deadlineMs: number) {
    yield* Effect.timeoutOption(FiberMap.awaitEmpty(fibers), deadlineMs)
    const left = [...running.values()]
    yield* FiberMap.clear(fibers)
    yield* Effect.forEach(left, ({ turn }) => Effect.exit(turns.giveBack(turn, 0)), { concurrency: 8, discard: true })
  })

  return { start, stop, heartbeat, drain, size: () => running.size }
})
