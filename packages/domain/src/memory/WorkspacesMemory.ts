import { Clock, Effect, Layer, Option } from "effect"
import { AgentNotFound } from "../agent/Agent.ts"
import { UNSIGNED } from "../agent/AgentVersion.ts"
import { Workspaces } from "../workspace/Workspace.ts"
import { MemoryStore, workspaceOf } from "./MemoryStore.ts"
import { newWorkspaceInMemory } from "./newWorkspaceInMemory.ts"

/** `Workspaces` over the shared memory. */
export const WorkspacesMemory: Layer.Layer<Workspaces, never, MemoryStore> = Layer.effect(
  Workspaces,
  Effect.map(MemoryStore, (store) =>
    Workspaces.of({
      create: ({ id, name }, agent) =>
        Effect.map(Clock.currentTimeMillis, (now) => {
          const known = store.workspaces.get(id)
          if (known !== undefined) return known.workspace
          const stored = newWorkspaceInMemory({ id, name }, agent, UNSIGNED, new Date(now))
          store.workspaces.set(id, stored)
          return stored.workspace
        }),
      update: (id, change) =>
        Effect.suspend(() => {
          const stored = workspaceOf(store, id)
          const agentId = change.defaultAgentId
          if (agentId !== undefined && stored.agents.get(agentId)?.removed !== false) {
            return Effect.fail(new AgentNotFound({ agentId }))
          }
          const workspace = { ...stored.workspace, ...change }
          store.workspaces.set(id, { ...stored, workspace })
          return Effect.succeed(workspace)
        }),
      find: (id) => Effect.sync(() => Option.fromUndefinedOr(store.workspaces.get(id)?.workspace)),
      list: Effect.sync(() => Array.from(store.workspaces.values(), ({ workspace }) => workspace))
    })
  )
)
