import type { RunnableTurn } from "@butler/domain"
import { Context, Effect, Layer } from "effect"

/** Says to servers of tools for whom a call is made. */
export class ToolIdentity extends Context.Service<
  ToolIdentity,
  {
    /** A short-lived claim that the server can verify, made out to it alone; null where none can be made. */
    readonly sign: (turn: RunnableTurn, audience: string) => Effect.Effect<string | null>
  }
>()("@butler/tools/ToolIdentity") {
  /** Servers are told nothing. */
  static readonly layerNone = Layer.succeed(ToolIdentity, ToolIdentity.of({ sign: () => Effect.succeed(null) }))
}
