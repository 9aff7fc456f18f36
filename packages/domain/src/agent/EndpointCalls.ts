import { Context, Effect } from "effect"
import type { TurnStep } from "../turn/Turn.ts"

/**
 * Told of each call of an endpoint that is no model: of vectors, or of a ranking. Whoever answers for what is used, as a turn does,
 * provides it around the work; elsewhere nobody counts. A call that failed, or whose result was kept, is not told of.
 */
export const EndpointCalls = Context.Reference<(step: TurnStep) => Effect.Effect<void>>(
  "@butler/domain/EndpointCalls",
  { defaultValue: () => () => Effect.void }
)
