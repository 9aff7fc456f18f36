import { Result, Schema } from "effect"

export const TurnStatus = Schema.Literals([
  "queued",
  "running",
  "completed",
  "failed",
  "cancelled",
  "superseded",
  "coalesced"
])
export type TurnStatus = typeof TurnStatus.Type

/** The turn cannot go from one status to the other. */
export class InvalidTransition extends Schema.TaggedError<InvalidTransition>()("InvalidTransition", {
  from: TurnStatus,
  to: TurnStatus
}) {}

/** `running → running` is a re-run after a lost lease, `running → queued` a lease given back. */
const next: Record<TurnStatus, ReadonlyArray<TurnStatus>> = {
  queued: ["running", "cancelled", "superseded", "coalesced"],
  running: ["running", "queued", "completed", "failed", "cancelled", "superseded"],
  completed: [],
  failed: [],
  cancelled: [],
  superseded: [],
  coalesced: []
}

/** Whether the turn has had its one outcome. */
export const isEnded = (status: TurnStatus): boolean => next[status].length === 0

/** The turn's states: `queued → running → an end`, and each end is final. */
export const transition = (from: TurnStatus, to: TurnStatus): Result.Result<TurnStatus, InvalidTransition> =>
  next[from].includes(to) ? Result.succeed(to) : Result.fail(new InvalidTransition({ from, to }))
