import { Clock, Effect } from "effect"

/** Now, by the clock of the caller. */
export const currentDate = Effect.map(Clock.currentTimeMillis, (millis) => new Date(millis))
