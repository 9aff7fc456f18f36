import { Wakeups } from "@butler/domain"
import { Effect } from "effect"

/** Says, once it is committed, that there is something to send. */
export const announce = (owes: boolean): Effect.Effect<void> =>
  owes ? Effect.flatMap(Wakeups, ({ signal }) => signal("delivery")) : Effect.void
