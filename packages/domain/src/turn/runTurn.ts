import { Cause, Effect, Result, Schedule } from "effect"
import { Answerer, type Answer, type AnswerFailed } from "../agent/Answerer.ts"
import { Ids } from "../ids/Ids.ts"
import type { Timeline } from "./progress.ts"
import { LeaseLost, type RunnableTurn, type StoredEnding, type TurnEnding, Turns } from "./Turns.ts"

/** A turn that was started this often and never ended takes its worker down with it: it is failed without another try. */
export const MAX_STARTS = 5

/** A turn whose agent broke down this often is failed. */
export const MAX_BREAKDOWNS = 3

/** How long a turn rests after its first breakdown. */
const RETRY_MS = 500

/**
 * A store that is away for a moment, 3 s all in all, costs no second answer. Should the outcome have been stored all the same, the
 * lease is gone, and whoever waits reads it from there.
 */
const AGAIN = Schedule.exponential("100 millis").pipe(Schedule.upTo({ times: 5 }))

/** A turn's outcome, which is stored. */
export interface EndedTurn extends StoredEnding {
  readonly ending: TurnEnding
}

const SILENCE: Answer = { parts: [], agentLogs: [], steps: [] }

const failed = (
  type: string,
  detail: string,
  { agentLogs = [], steps = [] }: Pick<AnswerFailed, "agentLogs" | "steps"> = {}
): TurnEnding => ({ status: "failed", error: { type, detail }, agentLogs, steps })

const completed = Effect.fnUntraced(function* (answer: Answer): Effect.fn.Return<TurnEnding, never, Ids> {
  const ids = yield* Ids
  const replies = yield* Effect.forEach(answer.parts, (part) => Effect.map(ids.messageId, (id) => ({ id, ...part })))
  const { agentLogs, effects = [], steps } = answer
  return { status: "completed", replies, agentLogs, steps, ...(effects.length > 0 && { effects }) }
})

const broken = failed("internal", "the agent broke down while answering")

const brokeDown = (turn: RunnableTurn, cause: Cause.Cause<unknown>) =>
  Effect.logError("the agent broke down", cause).pipe(Effect.annotateLogs({ turnId: turn.id }))

/**
 * A failure ends the turn. A breakdown, such as a database that went away, gives it back to be run again, until it has
 * happened `MAX_BREAKDOWNS` times; its text stays in the operator's log.
 */
const afterFailure = Effect.fnUntraced(function* (turn: RunnableTurn, cause: Cause.Cause<AnswerFailed>) {
  const failure = Cause.findError(cause)
  if (Result.isSuccess(failure)) return failed(failure.success.type, failure.success.detail, failure.success)
  yield* brokeDown(turn, cause)
  if (turn.attempts >= MAX_BREAKDOWNS) return broken
  yield* (yield* Turns).giveBack(turn, RETRY_MS * turn.attempts)
  return yield* new LeaseLost({ turnId: turn.id })
})

/** An agent in whose place people reply says nothing. */
const answer = (turn: RunnableTurn) =>
  turn.agent.settings?.mode === "human" ? Effect.succeed(SILENCE) : Answerer.use((answerer) => answerer.answer(turn))

/** Ends a turn with the agent's answer, its failure or its breakdown. Interruption ends nothing: the lease runs out. */
const outcome = (turn: RunnableTurn) =>
  turn.attempts > MAX_STARTS
    ? Effect.succeed(failed("crashed", `the turn was started ${MAX_STARTS} times and never ended`))
    : answer(turn).pipe(
        Effect.matchCauseEffect({
          onSuccess: completed,
          onFailure: (cause) => (Cause.hasInterrupts(cause) ? Effect.interrupt : afterFailure(turn, cause))
        })
      )

/**
 * Runs a leased turn to its one outcome and stores it, with the timeline of what it told meanwhile. Answers the outcome and
 * what storing it came to; fails with `LeaseLost` when another worker has taken over, or is to.
 */
export const runTurn = Effect.fn("runTurn")(function* (
  turn: RunnableTurn,
  timeline: Effect.Effect<Timeline> = Effect.succeed([])
) {
  const turns = yield* Turns
  const result = yield* outcome(turn)
  const ended = turns.end(turn, result, yield* timeline)
  const stored = yield* ended.pipe(
    Effect.sandbox,
    Effect.retry({ schedule: AGAIN, while: Cause.hasDies }),
    Effect.catch(Effect.failCause)
  )
  return { ending: result, ...stored } satisfies EndedTurn
})
