import { type Acceptance, type TurnId, Wakeups } from "@butler/domain"
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

/** One that its caller will run, that waits for others or for its quiet time is nobody's business yet. */
const isDue = ({ lease, quietMs }: Acceptance, answeredBy: TurnId | null): boolean =>
  lease === null && quietMs === 0 && answeredBy === null

/** Says, once it is committed, what the acceptance of a turn means to others. */
export const announceAccepted = (acceptance: Acceptance, { accepted, owes }: Stored): Effect.Effect<void> => {
  const { answeredBy, superseded } = accepted
  const due = isDue(acceptance, answeredBy) ? announceDue : Effect.void
  return Effect.all([announce(owes), announceStopped(superseded), due], { discard: true })
}
