import { Agents, ChatbotNotFound, DEFAULT_KNOWLEDGE_BASE, type KnowledgeBaseId, KnowledgeBases } from "@butler/domain"
import { Effect, Result } from "effect"
import { refuse } from "../http/Refused.ts"
import { found } from "../v1/found.ts"
import { changeChatbot, type ChatbotPlace } from "./changeChatbot.ts"
import { findChatbot } from "./findChatbot.ts"

const makeBase = Effect.fnUntraced(function* (place: ChatbotPlace, name: string) {
  const { chatbotId, workspaceId } = place
  const bases = yield* KnowledgeBases
  const { id } = yield* bases
    .create(workspaceId, name)
    .pipe(Effect.mapError(() => refuse("invalid_request", "the workspace has as many knowledge bases as it may have")))
  const { knowledgeBaseId = id } = yield* changeChatbot(place, (chatbot) =>
    Result.succeed({ ...chatbot, knowledgeBaseId: chatbot.knowledgeBaseId ?? id })
  )
  if (knowledgeBaseId !== id) {
    // Somebody else was first; nothing is in this one yet.
    yield* Effect.ignore(bases.remove(workspaceId, id))
    return knowledgeBaseId
  }
  const knowledgeBases: ReadonlyArray<KnowledgeBaseId> = [id]
  yield* Agents.use((agents) =>
    agents.update(workspaceId, chatbotId, (agent) => ({ ...agent, settings: { ...agent.settings, knowledgeBases } }))
  ).pipe(Effect.mapError(() => new ChatbotNotFound({ chatbotId })))
  return id
})

/**
 * Where what is added to a chatbot goes: where its agent looks first. One that knows nothing yet gets a knowledge base of its
 * own.
 */
export const ownKnowledge = Effect.fn("ownKnowledge")(function* (place: ChatbotPlace) {
  const { chatbotId, workspaceId } = place
  const { knowledgeBaseId, title } = yield* findChatbot(place)
  if (knowledgeBaseId !== undefined) return knowledgeBaseId
  const { settings } = yield* Agents.use((agents) => agents.find(workspaceId, chatbotId)).pipe(
    found(() => new ChatbotNotFound({ chatbotId }))
  )
  const bases = settings?.knowledgeBases ?? [DEFAULT_KNOWLEDGE_BASE]
  return bases[0] ?? (yield* makeBase(place, title))
})
