import { type Acceptance, type Accepted, type TurnId, Wakeups } from "@butler/domain"
import { Effect } from "effect"
import { announce } from "../webhook/announce.ts"
import type { Stored } from "./acceptInOrder.ts"

/** Says, once it is committed, that some dialog's head is due. */
export const announceDue: Effect.Effect<void> = Effect.flatMap(Wakeups, ({ signal }) => signal("turn"))

/** Says, once it is committed, that turns have ended whoever runs them or waits for them, and that others may be due. */
export const announceStopped = (turnIds: ReadonlyArray<TurnId>): Effect.Effect<void> =>
  turnIds.length === 0
    ? Effect.void
    : Effect.flatMap(Wakeups, ({ signal, tell }) => Effect.andThen(tell("stopped", turnIds), signal("turn")))

/** Timers may go off a little early, by another clock than the database's, and what is not due yet waits for the poll. */
const MARGIN_MS = 2

/**
 * Says that some dialog's head is due when it is, so that it need not wait for the poll. Should this process end before,
 * the poll it is.
 */
export const announceDueIn = (delayMs: number): Effect.Effect<void> =>
  delayMs === 0
    ? announceDue
    : Effect.asVoid(Effect.forkDetach(Effect.delay(announceDue, delayMs + MARGIN_MS), { startImmediately: true }))

/** One that its caller would run is nobody else's business, and one that has joined another only begins its quiet time anew. */
const announceHead = ({ lease, quietMs }: Acceptance, { status }: Accepted): Effect.Effect<void> =>
  lease === null && (status === "queued" || (status === "coalesced" && quietMs > 0))
    ? announceDueIn(quietMs)
    : Effect.void

/** Says, once it is committed, what the acceptance of a turn means to others. */
export const announceAccepted = (acceptance: Acceptance, { accepted, owes }: Stored): Effect.Effect<void> => {
  const head = announceHead(acceptance, accepted)
  return Effect.all([announce(owes), announceStopped(accepted.superseded), head], { discard: true })
}
