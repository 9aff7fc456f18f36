import { Effect, Layer, Option, Result } from "effect"
import { Agents } from "../agent/Agents.ts"
import { type Chatbot, type ChatbotContent, ChatbotNotFound } from "../chatbot/Chatbot.ts"
import { chatbotOf, contentOf } from "../chatbot/chatbotOf.ts"
import { Chatbots } from "../chatbot/Chatbots.ts"
import { shapeAgent } from "../chatbot/shapeAgent.ts"
import type { AgentId, WorkspaceId } from "../ids/brands.ts"

const key = (workspaceId: WorkspaceId, id: AgentId): string => `${workspaceId}/${id}`

/** `Chatbots` in memory, over any agents. */
export const ChatbotsMemory: Layer.Layer<Chatbots, never, Agents> = Layer.effect(
  Chatbots,
  Effect.map(Agents, (agents) => {
    const contents = new Map<string, ChatbotContent>()
    return Chatbots.of({
      list: (workspaceId, { limit, offset }) =>
        Effect.map(agents.list(workspaceId), (all) =>
          all.slice(offset, offset + limit).map((agent) => chatbotOf(agent, contents.get(key(workspaceId, agent.id))))
        ),
      find: (workspaceId, id) =>
        Effect.map(
          agents.find(workspaceId, id),
          Option.map((agent) => chatbotOf(agent, contents.get(key(workspaceId, id))))
        ),
      change: Effect.fnUntraced(function* <E>(
        workspaceId: WorkspaceId,
        id: AgentId,
        change: (chatbot: Chatbot) => Result.Result<Chatbot, E>
      ) {
        let changed: Result.Result<Chatbot, ChatbotNotFound | E> = Result.fail(new ChatbotNotFound({ chatbotId: id }))
        const update = agents.update(workspaceId, id, (agent) => {
          const before = chatbotOf(agent, contents.get(key(workspaceId, id)))
          changed = change(before)
          if (Result.isFailure(changed)) return agent
          contents.set(key(workspaceId, id), contentOf(changed.success))
          return shapeAgent(agent, before, changed.success)
        })
        yield* Effect.ignore(update)
        return yield* Effect.fromResult(changed)
      })
    })
  })
)
