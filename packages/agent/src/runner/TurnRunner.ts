import {
  Answerer,
  Ids,
  type LaneRunnerOptions,
  type LeaseLost,
  makeLaneRunner,
  type RunnableTurn,
  type Turn,
  type TurnEnding,
  type TurnId,
  type TurnNotFound,
  Turns,
  type WorkspaceId
} from "@butler/domain"
import { Context, Deferred, Effect, Layer } from "effect"
import { makeTurnEnds } from "./turnEnds.ts"
import { turnJob } from "./turnJob.ts"

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
    /** Starts a leased turn in a fiber of its own; answers the wait for its end, which may be interrupted without harm. */
    readonly start: (turn: RunnableTurn) => Effect.Effect<Effect.Effect<TurnEnding, LeaseLost>>
    /** Stops those of the turns that run here, since somebody else has ended them. */
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

const make = Effect.fnUntraced(function* (options: TurnRunnerOptions) {
  const turns = yield* Turns
  const ends = makeTurnEnds(turns)
  const { size, start, stop, wake } = yield* makeLaneRunner(yield* turnJob(ends.signal), options)
  return TurnRunner.of({
    start: (turn) =>
      Effect.uninterruptible(start(turn)).pipe(
        Effect.map(Deferred.await),
        Effect.map(Effect.map(({ ending }) => ending))
      ),
    stop: (turnIds) => Effect.andThen(stop(turnIds), Effect.forEach(turnIds, ends.signal, { discard: true })),
    awaitEnd: ends.awaitEnd,
    wake,
    size
  })
})
