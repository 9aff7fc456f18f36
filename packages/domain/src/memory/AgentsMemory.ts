import { Effect, Layer, Option } from "effect"
import { AgentNotFound } from "../agent/Agent.ts"
import { Agents } from "../agent/Agents.ts"
import { MemoryStore } from "./MemoryStore.ts"

/** `Agents` over the shared memory, where a workspace has one. */
export const AgentsMemory: Layer.Layer<Agents, never, MemoryStore> = Layer.effect(
  Agents,
  Effect.map(MemoryStore, (store) =>
    Agents.of({
      list: (workspaceId) =>
        Effect.sync(() => {
          const agent = store.workspaces.get(workspaceId)?.agent
          return agent === undefined ? [] : [agent]
        }),
      find: (workspaceId, id) =>
        Effect.sync(() =>
          Option.filter(Option.fromUndefinedOr(store.workspaces.get(workspaceId)?.agent), (agent) => agent.id === id)
        ),
      update: (workspaceId, id, change) =>
        Effect.suspend(() => {
          const stored = store.workspaces.get(workspaceId)
          if (stored === undefined || stored.agent.id !== id) return Effect.fail(new AgentNotFound({ agentId: id }))
          const agent = change(stored.agent)
          store.workspaces.set(workspaceId, { ...stored, agent })
          return Effect.succeed(agent)
        })
    })
  )
)
