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
    /** Runs a leased turn in a fiber of its own. Interrupting the wait does not end the turn. */
    readonly run: (turn: RunnableTurn) => Effect.Effect<TurnEnding, LeaseLost>
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
  const { size, start, wake } = yield* makeLaneRunner(yield* turnJob(ends.signal), options)
  return TurnRunner.of({
    run: (turn) =>
      Effect.uninterruptible(start(turn)).pipe(
        Effect.flatMap(Deferred.await),
        Effect.map(({ ending }) => ending)
      ),
    awaitEnd: ends.awaitEnd,
    wake,
    size
  })
})
