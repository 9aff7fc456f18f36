import {
  type AcceptedTurn,
  acceptTurn,
  type RunnableTurn,
  type Turn,
  type TurnCommand,
  type TurnEnding,
  type TurnId,
  type TurnNotFound,
  type WorkspaceId
} from "@butler/domain"
import { Effect } from "effect"
import { TurnRunner } from "./TurnRunner.ts"

/** What a caller is told of a turn. */
export type TurnState = Pick<Turn, "id" | "dialogId" | "status" | "replies" | "agentLogs" | "error">

export interface SubmittedTurn extends AcceptedTurn {
  /** The wait for the turn's end, or for the end of the one that answers for it. */
  readonly ended: Effect.Effect<TurnState, TurnNotFound>
}

const stateOf = ({ dialogId, id }: RunnableTurn, ending: TurnEnding): TurnState => {
  const { agentLogs, status } = ending
  return status === "completed"
    ? { id, dialogId, status, agentLogs, replies: ending.replies, error: null }
    : { id, dialogId, status, agentLogs, replies: [], error: ending.error }
}

/** Waits for a turn's end, whichever process runs it; a turn that another answers for has that one's answer. */
export const awaitTurn = Effect.fn("awaitTurn")(function* (workspaceId: WorkspaceId, turnId: TurnId) {
  const runner = yield* TurnRunner
  const own = yield* runner.awaitEnd(workspaceId, turnId)
  let answer = own
  while (answer.answeredBy !== null) answer = yield* runner.awaitEnd(workspaceId, answer.answeredBy)
  const { agentLogs, error, replies } = answer
  return { id: own.id, dialogId: own.dialogId, status: own.status, agentLogs, error, replies } satisfies TurnState
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
  const end = yield* runner.start(runnable)
  const ended = end.pipe(
    Effect.map((ending) => stateOf(runnable, ending)),
    Effect.catchTag("LeaseLost", () => elsewhere)
  )
  return { ...accepted, ended } satisfies SubmittedTurn
}, Effect.uninterruptible)
