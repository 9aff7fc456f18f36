import { Context, Effect, Layer, type Scope } from "effect"
import type { RunnableTurn } from "../turn/Turns.ts"
import type { AgentTool } from "./Tool.ts"

/** The tools of agents. */
export class AgentTools extends Context.Service<
  AgentTools,
  {
    /**
     * What the turn's agent may call, for as long as the scope is open; their names differ. A server that gives none is
     * reported in the log and never fails the turn.
     */
    readonly open: (turn: RunnableTurn) => Effect.Effect<ReadonlyArray<AgentTool>, never, Scope.Scope>
  }
>()("@butler/domain/AgentTools") {
  /** No agent has any. */
  static readonly layerNone = Layer.succeed(AgentTools, AgentTools.of({ open: () => Effect.succeed([]) }))
}
