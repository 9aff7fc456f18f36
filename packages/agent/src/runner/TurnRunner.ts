import {
  Answerer,
  Ids,
  type LeaseLost,
  type RunnableTurn,
  type Turn,
  type TurnEnding,
  type TurnId,
  type TurnNotFound,
  Turns,
  type WorkspaceId
} from "@butler/domain"
import { Context, Deferred, Effect, Latch, Layer, Schedule } from "effect"
import { makeRunningTurns } from "./runningTurns.ts"
import { makeTurnEnds } from "./turnEnds.ts"

export interface TurnRunnerOptions {
  /** How many claimed turns run at once; what a caller starts itself comes on top. */
  readonly concurrency: number
  readonly leaseMs: number
  readonly heartbeatMs: number
  /** How long a shutdown waits for what runs. */
  readonly drainMs: number
}

/** A lease is missed five times over before it runs out. */
export const defaultTurnRunnerOptions: TurnRunnerOptions = {
  concurrency: 64,
  leaseMs: 30_000,
  heartbeatMs: 5_000,
  drainMs: 10_000
}

/** Runs turns: those a caller has leased, and those that wait in their lanes. */
export class TurnRunner extends Context.Service<
  TurnRunner,
  {
    /** Starts a leased turn in a fiber of its own; answers the wait for its end, which may be interrupted without harm. */
    readonly start: (turn: RunnableTurn) => Effect.Effect<Effect.Effect<TurnEnding, LeaseLost>>
    /** Stops those of the turns that run here: they were ended by somebody else. */
    readonly stop: (turnIds: ReadonlyArray<TurnId>) => Effect.Effect<void>
    /** Waits until the turn has ended, whichever process runs it. */
    readonly awaitEnd: (workspaceId: WorkspaceId, turnId: TurnId) => Effect.Effect<Turn, TurnNotFound>
    /** Says that work may be due, so that it need not wait for the poll. */
    readonly wake: Effect.Effect<void>
    /** How many turns this process runs. */
    readonly size: Effect.Effect<number>
  }
>()("@butler/agent/TurnRunner") {
  static readonly layer = (
    options: TurnRunnerOptions = defaultTurnRunnerOptions
  ): Layer.Layer<TurnRunner, never, Turns | Ids | Answerer> => Layer.effect(TurnRunner, make(options))
}

/** Heads claimed by one statement. */
const BATCH = 32

/** Stands behind the wake-ups, for work that other processes left. */
const POLL = Schedule.jittered(Schedule.spaced("1 second"))

const make = Effect.fnUntraced(function* (options: TurnRunnerOptions) {
  const turns = yield* Turns
  const ids = yield* Ids
  const due = yield* Latch.make(true)
  const ends = makeTurnEnds(turns)
  const wake = Effect.asVoid(Latch.open(due))
  let full = false
  const running = yield* makeRunningTurns({
    leaseMs: options.leaseMs,
    onEnd: (turnId, more) => Effect.andThen(ends.signal(turnId), more || full ? wake : Effect.void)
  })
  yield* Effect.addFinalizer(() => running.drain(options.drainMs))

  /** Claims until nothing is due or all places are taken; a place that gets free wakes it again. */
  const claim = Effect.fn("TurnRunner.claim")(function* () {
    for (;;) {
      const limit = Math.min(BATCH, options.concurrency - running.size())
      full = limit <= 0
      if (full) return
      const claimed = yield* turns.claim(limit, { token: yield* ids.snowflake, durationMs: options.leaseMs })
      yield* Effect.forEach(claimed, running.start, { discard: true })
      if (claimed.length < limit) return
    }
  })

  const survive = Effect.catchCause((cause) => Effect.logError("the turn runner could not reach its store", cause))

  yield* Latch.await(due).pipe(
    Effect.andThen(Latch.close(due)),
    Effect.andThen(claim().pipe(survive)),
    Effect.forever,
    Effect.forkScoped
  )
  yield* wake.pipe(Effect.repeat(POLL), Effect.forkScoped)
  yield* running
    .heartbeat()
    .pipe(
      Effect.timeout(options.heartbeatMs * 0.8),
      survive,
      Effect.repeat(Schedule.spaced(options.heartbeatMs)),
      Effect.forkScoped
    )

  return TurnRunner.of({
    start: (turn) => Effect.uninterruptible(Effect.map(running.start(turn), Deferred.await)),
    stop: (turnIds) => Effect.andThen(running.stop(turnIds), Effect.forEach(turnIds, ends.signal, { discard: true })),
    awaitEnd: ends.awaitEnd,
    wake,
    size: Effect.sync(running.size)
  })
})
