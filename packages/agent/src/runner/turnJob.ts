import {
  Answerer,
  type EndedTurn,
  Ids,
  type LaneJob,
  LeaseLost,
  type RunnableTurn,
  runTurn,
  type TurnId,
  TurnProgress,
  Turns,
  Wakeups
} from "@butler/domain"
import { Effect, Metric } from "effect"
import type { LiveTurns } from "./liveTurns.ts"
import { leasesLost, turnsEnded, turnsRunning } from "./turnMetrics.ts"

export interface TurnJobOptions {
  readonly live: LiveTurns
  /** Called for each turn that this process has ended. */
  readonly onEnd: (turnId: TurnId) => Effect.Effect<void>
}

/** Turns as work for a lane runner; `tellEnd` has other processes told of the end of one that was not claimed. */
export const turnJob = Effect.fnUntraced(function* ({ live, onEnd }: TurnJobOptions) {
  const turns = yield* Turns
  const wakeups = yield* Wakeups
  const context = yield* Effect.context<Turns | Ids | Answerer>()
  /** Whoever waits for one of these may do so in another process. */
  const awaited = new WeakSet<RunnableTurn>()
  const tellEnd = (turn: RunnableTurn) => Effect.sync(() => awaited.add(turn))

  const run = Effect.fnUntraced(function* (turn: RunnableTurn) {
    const { finish, isFollowedElsewhere, sink, timeline } = yield* live.begin(turn, awaited.has(turn))
    const ended = yield* runTurn(turn, timeline).pipe(
      Effect.provideContext(context),
      Effect.provideService(TurnProgress, sink),
      Effect.ensuring(finish)
    )
    yield* Metric.update(Metric.withAttributes(turnsEnded, { status: ended.ending.status }), 1)
    yield* isFollowedElsewhere() ? wakeups.tell("ended", [turn.id]) : onEnd(turn.id)
    return ended
  })

  const giveBack = (left: ReadonlyArray<RunnableTurn>) =>
    Effect.forEach(left, (turn) => Effect.exit(turns.giveBack(turn, 0)), { concurrency: 8, discard: true })

  const job: LaneJob<RunnableTurn, EndedTurn, LeaseLost> = {
    wakesOn: "turn",
    name: "turn",
    idOf: (turn) => turn.id,
    leaseOf: (turn) => turn.lease,
    claim: (limit, terms) => Effect.tap(turns.claim(limit, terms), Effect.forEach(tellEnd, { discard: true })),
    heartbeat: turns.heartbeat,
    giveBack,
    run,
    hasMore: ({ more }) => more,
    lost: (turn) => Effect.fail(new LeaseLost({ turnId: turn.id })),
    running: turnsRunning,
    leasesLost
  }
  return { job, tellEnd }
})
