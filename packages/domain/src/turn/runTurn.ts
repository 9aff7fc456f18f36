import { Cause, Effect, Result } from "effect"
import { Answerer, type Answer, type AnswerFailed } from "../agent/Answerer.ts"
import { Ids } from "../ids/Ids.ts"
import { type RunnableTurn, type TurnEnding, Turns } from "./Turns.ts"

/** A turn that was started this often and never ended takes its worker down with it: it is failed without another try. */
export const MAX_STARTS = 5

const failed = (
  type: string,
  detail: string,
  { agentLogs = [], steps = [] }: Pick<AnswerFailed, "agentLogs" | "steps"> = {}
): TurnEnding => ({ status: "failed", error: { type, detail }, agentLogs, steps })

const completed = Effect.fnUntraced(function* (answer: Answer): Effect.fn.Return<TurnEnding, never, Ids> {
  const ids = yield* Ids
  const replies = yield* Effect.forEach(answer.parts, (part) => Effect.map(ids.messageId, (id) => ({ id, ...part })))
  return { status: "completed", replies, agentLogs: answer.agentLogs, steps: answer.steps }
})

/** The outcome of a failed answer. A defect's text stays in the operator's log. */
const ending = (turn: RunnableTurn, cause: Cause.Cause<AnswerFailed>): Effect.Effect<TurnEnding> => {
  const failure = Cause.findError(cause)
  return Result.isSuccess(failure)
    ? Effect.succeed(failed(failure.success.type, failure.success.detail, failure.success))
    : Effect.as(
        Effect.logError("the agent broke down", cause).pipe(Effect.annotateLogs({ turnId: turn.id })),
        failed("internal", "the agent broke down while answering")
      )
}

/** Ends a turn with the agent's answer, its failure or its breakdown. Interruption ends nothing: the lease runs out. */
const outcome = (turn: RunnableTurn) =>
  turn.attempts > MAX_STARTS
    ? Effect.succeed(failed("crashed", `the turn was started ${MAX_STARTS} times and never ended`))
    : Answerer.use((answerer) => answerer.answer(turn)).pipe(
        Effect.matchCauseEffect({
          onSuccess: completed,
          onFailure: (cause) => (Cause.hasInterrupts(cause) ? Effect.interrupt : ending(turn, cause))
        })
      )

/**
 * Runs a leased turn to its one outcome and stores it. Answers the outcome, and whether the dialog has more to do; fails
 * with `LeaseLost` when another worker has taken over.
 */
export const runTurn = Effect.fn("runTurn")(function* (turn: RunnableTurn) {
  const turns = yield* Turns
  const result = yield* outcome(turn)
  const more = yield* turns.end(turn, result)
  return { ending: result, more }
})
