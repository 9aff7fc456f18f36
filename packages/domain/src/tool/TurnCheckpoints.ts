import { Context, type Effect } from "effect"
import type { LeaseLost, RunnableTurn } from "../turn/Turns.ts"

/** What steps of a turn came to, so that a turn that is run again reads instead of doing them once more. */
export class TurnCheckpoints extends Context.Service<
  TurnCheckpoints,
  {
    /** All that has been kept of the turn, by the key of the step. A turn's first start need not ask. */
    readonly read: (turn: RunnableTurn) => Effect.Effect<ReadonlyMap<string, unknown>>
    /**
     * Keeps what a step came to, as JSON, until the turn ends; a key that is there already gets the new value. Who has lost
     * the turn keeps nothing.
     */
    readonly write: (turn: RunnableTurn, key: string, value: unknown) => Effect.Effect<void, LeaseLost>
  }
>()("@butler/domain/TurnCheckpoints") {}
