import { Context, Effect } from "effect"
import type { AgentLog } from "./AgentLog.ts"

/**
 * Where an answerer tells, while it works, what the caller may see already. What is told here is not stored by it: the
 * answer repeats all of it. A turn that is run again tells it again.
 */
export interface TurnProgressSink {
  /** A piece of the reply's text, as it comes from the model. */
  readonly delta: (text: string) => Effect.Effect<void>
  readonly log: (log: AgentLog) => Effect.Effect<void>
  /** Takes back the text so far: the reply begins anew. The lines of the log stand. */
  readonly restart: Effect.Effect<void>
}

/** The running turn's listener; whoever runs the turn provides it, and without one nobody listens. */
export const TurnProgress = Context.Reference<TurnProgressSink>("@butler/domain/TurnProgress", {
  defaultValue: () => ({ delta: () => Effect.void, log: () => Effect.void, restart: Effect.void })
})
