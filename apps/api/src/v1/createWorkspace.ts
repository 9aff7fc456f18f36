import type { NewWorkspace } from "@butler/contracts"
import { Ids, WORKSPACE_SCOPES, Workspaces } from "@butler/domain"
import { Effect } from "effect"
import { issueKey } from "../auth/issueKey.ts"
import { Atomically } from "../bootstrap/Atomically.ts"
import { DEFAULT_AGENT } from "../bootstrap/defaultAgent.ts"

/** Makes a workspace with the agent that answers in it and a first key. */
export const createWorkspace = Effect.fn("createWorkspace")(function* ({ name }: NewWorkspace) {
  const ids = yield* Ids
  const workspaces = yield* Workspaces
  const writes = Effect.gen(function* () {
    const agent = { id: yield* ids.agentId, name: DEFAULT_AGENT }
    const workspace = yield* workspaces.create({ id: yield* ids.workspaceId, name }, agent)
    const grant = { workspaceId: workspace.id, name: "first key", scopes: WORKSPACE_SCOPES, expiresAt: null }
    return { workspace, issued: yield* Effect.orDie(issueKey(grant)) }
  })
  return yield* Atomically.use((atomically) => atomically.run(writes))
})
