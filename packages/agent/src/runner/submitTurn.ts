import {
  type AcceptedTurn,
  acceptTurn,
  type TurnCommand,
  type TurnId,
  type TurnNotFound,
  type WorkspaceId
} from "@butler/domain"
import { Effect } from "effect"
import { TurnRunner } from "./TurnRunner.ts"
import { endedState, type TurnState, withAnswer } from "./TurnState.ts"

export interface SubmittedTurn extends AcceptedTurn {
  /** The wait for the turn's end, or for the end of the one that answers for it. */
  readonly ended: Effect.Effect<TurnState, TurnNotFound>
}

/** Waits for a turn's end, whichever process runs it; a turn that another answers for has that one's answer. */
export const awaitTurn = Effect.fn("awaitTurn")(function* (workspaceId: WorkspaceId, turnId: TurnId) {
  const runner = yield* TurnRunner
  const own = yield* runner.awaitEnd(workspaceId, turnId)
  let answer = own
  while (answer.answeredBy !== null) answer = yield* runner.awaitEnd(workspaceId, answer.answeredBy)
  return withAnswer(own, answer)
})

/**
 * Accepts a turn and starts it, or leaves it to a runner. Once accepted it goes on, whatever becomes of the caller: nothing
 * can come between storing and starting it.
 */
export const submitTurn = Effect.fn("submitTurn")(function* (command: TurnCommand) {
  const runner = yield* TurnRunner
  const accepted = yield* acceptTurn(command)
  const { runnable, superseded, turnId } = accepted
  if (superseded.length > 0) yield* runner.stop(superseded)
  const elsewhere = Effect.provideService(awaitTurn(command.workspaceId, turnId), TurnRunner, runner)
  if (runnable === null) {
    yield* runner.wake
    return { ...accepted, ended: elsewhere } satisfies SubmittedTurn
  }
  const end = yield* runner.start(runnable, superseded.length > 0)
  const ended = end.pipe(
    Effect.map((turn) => endedState(runnable, turn)),
    Effect.catchTag("LeaseLost", () => elsewhere),
    // The store went away before the end was stored: the turn comes back with its lease, here or elsewhere.
    Effect.catchDefect(() => elsewhere)
  )
  return { ...accepted, ended } satisfies SubmittedTurn
}, Effect.uninterruptible)
