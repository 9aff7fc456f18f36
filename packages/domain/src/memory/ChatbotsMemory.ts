import { Effect, Layer, Option, type Result } from "effect"
import { Agents } from "../agent/Agents.ts"
import { type ChangedChatbot, type Chatbot, ChatbotNotFound } from "../chatbot/Chatbot.ts"
import { chatbotOf, contentOf } from "../chatbot/chatbotOf.ts"
import { Chatbots } from "../chatbot/Chatbots.ts"
import { shapeAgent } from "../chatbot/shapeAgent.ts"
import { Entitlements } from "../whitelabel/Entitlement.ts"
import type { AgentId, WorkspaceId } from "../ids/brands.ts"
import { MemoryStore, workspaceOf } from "./MemoryStore.ts"

/** `Chatbots` over the shared memory. */
export const ChatbotsMemory: Layer.Layer<Chatbots, never, Agents | Entitlements | MemoryStore> = Layer.effect(
  Chatbots,
  Effect.gen(function* () {
    const agents = yield* Agents
    const entitlements = yield* Entitlements
    const store = yield* MemoryStore
    const agentIn = (workspaceId: WorkspaceId, id: AgentId) => store.workspaces.get(workspaceId)?.agents.get(id)
    return Chatbots.of({
      list: Effect.fnUntraced(function* (workspaceId, { limit, offset }) {
        const all = yield* agents.list({ workspaceId, after: null, limit: offset + limit + 1 })
        const entitlement = Option.getOrNull(yield* entitlements.find(workspaceId))
        return all
          .filter(({ id }) => id !== entitlement?.initialAgentId)
          .slice(offset, offset + limit)
          .map((agent) => chatbotOf(agent, agentIn(workspaceId, agent.id)?.content))
      }),
      find: (workspaceId, id) =>
        Effect.map(
          agents.find(workspaceId, id),
          Option.map((agent) => chatbotOf(agent, agentIn(workspaceId, id)?.content))
        ),
      change: Effect.fnUntraced(function* <E>(
        workspaceId: WorkspaceId,
        id: AgentId,
        change: (chatbot: Chatbot) => Result.Result<ChangedChatbot, E>
      ) {
        const agent = Option.getOrNull(yield* agents.find(workspaceId, id))
        const stored = agentIn(workspaceId, id)
        if (agent === null || stored === undefined) return yield* new ChatbotNotFound({ chatbotId: id })
        const before = chatbotOf(agent, stored.content)
        const { named, webhookToken: _, ...after } = yield* Effect.fromResult(change(before))
        workspaceOf(store, workspaceId).agents.set(id, { ...stored, content: contentOf(after) })
        yield* Effect.orDie(agents.update(workspaceId, id, (now) => shapeAgent(now, before, after, named)))
        return after
      })
    })
  })
)
