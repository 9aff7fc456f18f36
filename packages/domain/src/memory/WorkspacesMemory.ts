import { Clock, Effect, Layer, Option } from "effect"
import { AgentNotFound } from "../agent/Agent.ts"
import { UNSIGNED } from "../agent/AgentVersion.ts"
import { Workspaces } from "../workspace/Workspace.ts"
import { newAgent } from "./agentInMemory.ts"
import { MemoryStore, workspaceOf } from "./MemoryStore.ts"

/** `Workspaces` over the shared memory. */
export const WorkspacesMemory: Layer.Layer<Workspaces, never, MemoryStore> = Layer.effect(
  Workspaces,
  Effect.map(MemoryStore, (store) =>
    Workspaces.of({
      create: ({ id, name }, agent) =>
        Effect.map(Clock.currentTimeMillis, (now) => {
          const known = store.workspaces.get(id)
          if (known !== undefined) return known.workspace
          const workspace = { id, name, defaultAgentId: agent.id, modelBudget: null, createdAt: new Date(now) }
          store.workspaces.set(id, {
            workspace,
            agents: new Map([[agent.id, newAgent(agent, UNSIGNED, new Date(now))]]),
            contacts: new Map(),
            aliases: new Map(),
            memories: new Map(),
            unanswered: new Map(),
            dialogs: new Map(),
            dialogOfTurn: new Map(),
            idempotency: new Map()
          })
          return workspace
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
