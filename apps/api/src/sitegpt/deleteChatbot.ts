import { Agents, ChatbotNotFound, KnowledgeBases } from "@butler/domain"
import { Effect } from "effect"
import { refuse } from "../http/Refused.ts"
import type { ChatbotPlace } from "./changeChatbot.ts"
import { findChatbot } from "./findChatbot.ts"

/** Removes the agent, and then what it alone knew. */
export const deleteChatbot = Effect.fn("deleteChatbot")(function* (place: ChatbotPlace) {
  const { chatbotId, workspaceId } = place
  const { knowledgeBaseId } = yield* findChatbot(place)
  yield* Agents.use((agents) => agents.remove(workspaceId, chatbotId)).pipe(
    Effect.catchTags({
      AgentNotFound: () => new ChatbotNotFound({ chatbotId }),
      AgentInUse: ({ message }) => refuse("invalid_request", message)
    })
  )
  if (knowledgeBaseId !== undefined) {
    const bases = yield* KnowledgeBases
    // Gone already when two delete it at once.
    yield* Effect.ignore(bases.remove(workspaceId, knowledgeBaseId))
  }
  return null
})
