import { startToolServer, type ToolScript, type ToolServer } from "@butler/testing"
import { Effect, type Scope } from "effect"

/** A server of tools that stops with its scope. */
export const rawServer = (script?: ToolScript): Effect.Effect<ToolServer, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.promise(() => startToolServer(script)),
    ({ stop }) => Effect.promise(stop)
  )
