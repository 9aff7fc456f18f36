import { Effect, Layer, Option, type Result } from "effect"
import { Agents } from "../agent/Agents.ts"
import { type ChangedChatbot, type Chatbot, type ChatbotContent, ChatbotNotFound } from "../chatbot/Chatbot.ts"
import { chatbotOf, contentOf } from "../chatbot/chatbotOf.ts"
import { Chatbots } from "../chatbot/Chatbots.ts"
import { shapeAgent } from "../chatbot/shapeAgent.ts"
import { Entitlements } from "../whitelabel/Entitlement.ts"
import type { AgentId, WorkspaceId } from "../ids/brands.ts"

const key = (workspaceId: WorkspaceId, id: AgentId): string => `${workspaceId}/${id}`

/** `Chatbots` in memory, over any agents. */
export const ChatbotsMemory: Layer.Layer<Chatbots, never, Agents | Entitlements> = Layer.effect(
  Chatbots,
  Effect.gen(function* () {
    const agents = yield* Agents
    const entitlements = yield* Entitlements
    const contents = new Map<string, ChatbotContent>()
    return Chatbots.of({
      list: Effect.fnUntraced(function* (workspaceId, { limit, offset }) {
        const all = yield* agents.list({ workspaceId, after: null, limit: offset + limit + 1 })
        const entitlement = Option.getOrNull(yield* entitlements.find(workspaceId))
        return all
          .filter(({ id }) => id !== entitlement?.initialAgentId)
          .slice(offset, offset + limit)
          .map((agent) => chatbotOf(agent, contents.get(key(workspaceId, agent.id))))
      }),
      find: (workspaceId, id) =>
        Effect.map(
          agents.find(workspaceId, id),
          Option.map((agent) => chatbotOf(agent, contents.get(key(workspaceId, id))))
        ),
      change: Effect.fnUntraced(function* <E>(
        workspaceId: WorkspaceId,
        id: AgentId,
        change: (chatbot: Chatbot) => Result.Result<ChangedChatbot, E>
      ) {
        const agent = Option.getOrNull(yield* agents.find(workspaceId, id))
        if (agent === null) return yield* new ChatbotNotFound({ chatbotId: id })
        const before = chatbotOf(agent, contents.get(key(workspaceId, id)))
        const { webhookToken: _, ...after } = yield* Effect.fromResult(change(before))
        contents.set(key(workspaceId, id), contentOf(after))
        yield* Effect.orDie(agents.update(workspaceId, id, (now) => shapeAgent(now, before, after)))
        return after
      })
    })
  })
)
