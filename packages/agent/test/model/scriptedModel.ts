import { type ModelScript, startModelServer } from "@butler/testing"
import { Effect } from "effect"

/** A scripted model that lives as long as the test. */
export const scriptedModel = (script?: ModelScript) =>
  Effect.acquireRelease(
    Effect.promise(() => startModelServer(script)),
    (server) => Effect.promise(() => server.stop())
  )
