import {
  Answerer,
  Ids,
  type LaneJob,
  LeaseLost,
  type RunnableTurn,
  runTurn,
  type TurnEnding,
  type TurnId,
  Turns
} from "@butler/domain"
import { Effect, Metric } from "effect"
import { leasesLost, turnsEnded, turnsRunning } from "./turnMetrics.ts"

export interface EndedTurn {
  readonly ending: TurnEnding
  /** Whether its dialog has another one waiting. */
  readonly more: boolean
}

/** Turns as work for a lane runner; `onEnd` is called for each that this process has ended. */
export const turnJob = Effect.fnUntraced(function* (onEnd: (turnId: TurnId) => Effect.Effect<void>) {
  const turns = yield* Turns
  const context = yield* Effect.context<Turns | Ids | Answerer>()

  const run = (turn: RunnableTurn) =>
    runTurn(turn).pipe(
      Effect.provideContext(context),
      Effect.tap(({ ending }) =>
        Effect.andThen(Metric.update(Metric.withAttributes(turnsEnded, { status: ending.status }), 1), onEnd(turn.id))
      )
    )

  const giveBack = (left: ReadonlyArray<RunnableTurn>) =>
    Effect.forEach(left, (turn) => Effect.exit(turns.giveBack(turn, 0)), { concurrency: 8, discard: true })

  const job: LaneJob<RunnableTurn, EndedTurn, LeaseLost> = {
    wakesOn: "turn",
    name: "turn",
    idOf: (turn) => turn.id,
    leaseOf: (turn) => turn.lease,
    claim: turns.claim,
    heartbeat: turns.heartbeat,
    giveBack,
    run,
    hasMore: ({ more }) => more,
    lost: (turn) => Effect.fail(new LeaseLost({ turnId: turn.id })),
    running: turnsRunning,
    leasesLost
  }
  return job
})
