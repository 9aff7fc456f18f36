import {
  Answerer,
  type EndedTurn,
  type HeardTurns,
  Ids,
  type LaneRunnerOptions,
  type LeaseLost,
  makeLaneRunner,
  type RunnableTurn,
  type Turn,
  type TurnId,
  type TurnNotFound,
  TurnProgressLog,
  Turns,
  Wakeups,
  type WorkspaceId
} from "@butler/domain"
import { Context, Deferred, Effect, Layer, type Stream } from "effect"
import { makeLiveTurns } from "./liveTurns.ts"
import { makeTurnEnds } from "./turnEnds.ts"
import { turnJob } from "./turnJob.ts"
import { turnStream, type TurnStreamEvent } from "./turnStream.ts"
import { makeTurnWaiters } from "./turnWaiters.ts"

export type TurnRunnerOptions = LaneRunnerOptions

/** A lease is missed five times over before it runs out. */
export const defaultTurnRunnerOptions: TurnRunnerOptions = {
  concurrency: 64,
  batch: 32,
  leaseMs: 30_000,
  heartbeatMs: 5_000,
  drainMs: 10_000
}

/** Runs turns: those a caller has leased, and those that wait in their lanes. */
export class TurnRunner extends Context.Service<
  TurnRunner,
  {
    /**
     * Starts a leased turn in a fiber of its own; answers the wait for its end, which may be interrupted without harm. Whoever
     * waits for it in other processes is told of its end when `awaitedElsewhere`, or when one of them has asked.
     */
    readonly start: (
      turn: RunnableTurn,
      awaitedElsewhere?: boolean
    ) => Effect.Effect<Effect.Effect<EndedTurn, LeaseLost>>
    /** Stops those of the turns that run here, since somebody else has ended them. */
    readonly stop: (turnIds: ReadonlyArray<TurnId>) => Effect.Effect<void>
    /** Waits until the turn has ended, whichever process runs it. */
    readonly awaitEnd: (workspaceId: WorkspaceId, turnId: TurnId) => Effect.Effect<Turn, TurnNotFound>
    /** A turn's events behind `after` (0 for all), to its end and also after it, whichever process runs it. */
    readonly follow: (
      workspaceId: WorkspaceId,
      turnId: TurnId,
      after: number
    ) => Stream.Stream<TurnStreamEvent, TurnNotFound>
    /** Says that work may be due, so that it need not wait for the poll. */
    readonly wake: Effect.Effect<void>
    /** How many turns this process runs. */
    readonly size: Effect.Effect<number>
  }
>()("@butler/agent/TurnRunner") {
  static readonly layer = (
    options: TurnRunnerOptions = defaultTurnRunnerOptions
  ): Layer.Layer<TurnRunner, never, Turns | TurnProgressLog | Ids | Answerer> => Layer.effect(TurnRunner, make(options))
}

const make = Effect.fnUntraced(function* (options: TurnRunnerOptions) {
  const turns = yield* Turns
  const log = yield* TurnProgressLog
  const readers = makeTurnWaiters()
  const live = yield* makeLiveTurns({ log, onBegin: (turnId) => readers.signal([turnId]) })
  const ends = makeTurnEnds(turns, live.ask)
  const wakeups = yield* Wakeups
  const signalEnds = (turnIds: HeardTurns) => Effect.andThen(ends.signal(turnIds), readers.signal(turnIds))
  const { job, tellEnd } = yield* turnJob({ live, onEnd: (turnId) => signalEnds([turnId]) })
  const { checkLeases, size, start, stop, wake } = yield* makeLaneRunner(job, options)
  const stopAll = (turnIds: HeardTurns) =>
    Effect.andThen(turnIds === null ? checkLeases : stop(turnIds), signalEnds(turnIds))

  yield* wakeups.hear("progress", readers.signal)
  yield* wakeups.hear("ended", signalEnds)
  yield* wakeups.hear("stopped", stopAll)
  return TurnRunner.of({
    start: (turn, awaitedElsewhere = false) =>
      Effect.uninterruptible(Effect.andThen(awaitedElsewhere ? tellEnd(turn) : Effect.void, start(turn))).pipe(
        Effect.map(Deferred.await)
      ),
    stop: stopAll,
    awaitEnd: ends.awaitEnd,
    follow: turnStream({ turns, log, live: live.find, ask: live.ask, waiters: readers }),
    wake,
    size
  })
})
