import { Effect, Layer } from "effect"
import { AgentInUse, AgentNotFound, AgentVersionNotFound } from "../agent/Agent.ts"
import { Agents } from "../agent/Agents.ts"
import { type AgentState, changeDraft, changePublished, publishDraft, rollBack } from "../agent/AgentState.ts"
import { type Publication, UNSIGNED } from "../agent/AgentVersion.ts"
import type { AgentId, WorkspaceId } from "../ids/brands.ts"
import { isUsable } from "../workspace/ApiKey.ts"
import { ChatbotLimitReached } from "../whitelabel/Entitlement.ts"
import { newAgent, withState } from "./agentInMemory.ts"
import { currentDate } from "./currentDate.ts"
import { MemoryStore, workspaceOf } from "./MemoryStore.ts"

const isBehind = (id: AgentId, after: AgentId | null): boolean => after === null || BigInt(id) > BigInt(after)

/** `Agents` over the shared memory. */
export const AgentsMemory: Layer.Layer<Agents, never, MemoryStore> = Layer.effect(
  Agents,
  Effect.map(MemoryStore, (store) => {
    const get = Effect.fnUntraced(function* (workspaceId: WorkspaceId, agentId: AgentId) {
      const found = store.workspaces.get(workspaceId)?.agents.get(agentId)
      return found === undefined || found.removed ? yield* new AgentNotFound({ agentId }) : found
    })

    const change = Effect.fnUntraced(function* (
      workspaceId: WorkspaceId,
      id: AgentId,
      transition: (state: AgentState) => AgentState,
      publication: Publication = UNSIGNED
    ) {
      const now = yield* currentDate
      const stored = yield* get(workspaceId, id)
      const state = transition(stored.state)
      workspaceOf(store, workspaceId).agents.set(id, withState(stored, state, publication, now))
      return state
    })

    const version = Effect.fnUntraced(function* (workspaceId: WorkspaceId, agentId: AgentId, wanted: number) {
      const { versions } = yield* get(workspaceId, agentId)
      const found = versions.find((each) => each.version === wanted)
      return found ?? (yield* new AgentVersionNotFound({ agentId, version: wanted }))
    })

    return Agents.of({
      create: Effect.fnUntraced(function* (workspaceId, agent, publication = UNSIGNED) {
        const stored = newAgent(agent, publication, yield* currentDate)
        const { agents } = workspaceOf(store, workspaceId)
        const entitlement = store.entitlements.get(workspaceId)
        if (entitlement !== undefined) {
          const { initialAgentId, quotas } = entitlement
          const counted = agents.values().filter(({ removed, state }) => !removed && state.agent.id !== initialAgentId)
          const quota = quotas.chatbotsQuota
          if (Array.from(counted).length >= quota) return yield* new ChatbotLimitReached({ quota })
        }
        agents.set(agent.id, stored)
        return stored.state.agent
      }),
      list: ({ after, limit, workspaceId }) =>
        Effect.sync(() =>
          Array.from(store.workspaces.get(workspaceId)?.agents.values() ?? [])
            .filter(({ removed, state }) => !removed && isBehind(state.agent.id, after))
            .map(({ state }) => state.agent)
            .toSorted((a, b) => (isBehind(a.id, b.id) ? 1 : -1))
            .slice(0, limit)
        ),
      find: (workspaceId, id) => Effect.option(Effect.map(get(workspaceId, id), ({ state }) => state.agent)),
      update: (workspaceId, id, by, publication) =>
        Effect.map(
          change(workspaceId, id, (state) => changePublished(state, by), publication),
          ({ agent }) => agent
        ),
      remove: Effect.fnUntraced(function* (workspaceId, agentId) {
        const now = yield* currentDate
        const stored = yield* get(workspaceId, agentId)
        const { agents, workspace } = workspaceOf(store, workspaceId)
        if (workspace.defaultAgentId === agentId) return yield* new AgentInUse({ agentId, by: "workspace" })
        const keys = [...store.apiKeys.values()].filter(
          (key) => key.agentId === agentId && isUsable(key, now.getTime())
        )
        if (keys.length > 0) return yield* new AgentInUse({ agentId, by: "api key" })
        agents.set(agentId, { ...stored, removed: true })
      }),
      state: (workspaceId, id) => Effect.map(get(workspaceId, id), ({ state }) => state),
      changeDraft: (workspaceId, id, by) => change(workspaceId, id, (state) => changeDraft(state, by)),
      discardDraft: (workspaceId, id) => Effect.asVoid(change(workspaceId, id, (state) => ({ ...state, draft: null }))),
      publish: (workspaceId, id, publication) =>
        Effect.map(change(workspaceId, id, publishDraft, publication), ({ agent }) => agent),
      rollBack: Effect.fnUntraced(function* (workspaceId, id, to, publication) {
        const old = yield* version(workspaceId, id, to)
        const { agent } = yield* change(workspaceId, id, (state) => rollBack(state, old), publication)
        return agent
      }),
      versions: ({ agentId, before, limit, workspaceId }) =>
        Effect.map(get(workspaceId, agentId), ({ versions }) =>
          versions
            .filter((each) => before === null || each.version < before)
            .toReversed()
            .slice(0, limit)
        ),
      version
    })
  })
)
