import { DocumentId, ingestDocument, Knowledge } from "@butler/domain"
import { Effect } from "effect"
import type { ChatbotPlace } from "./changeChatbot.ts"
import { findChatbot } from "./findChatbot.ts"
import { ownKnowledge } from "./ownKnowledge.ts"

const NAME = "Custom content"

/** Replaces the one document that holds a chatbot's custom content; nothing is left of it by an empty text. */
export const modifyCustomContent = Effect.fn("modifyCustomContent")(function* (
  place: ChatbotPlace,
  text: string | undefined
) {
  const { chatbotId, workspaceId } = place
  const id = DocumentId.make(`doc_custom_${chatbotId}`)
  yield* findChatbot(place)
  if (text === undefined) return {}
  if (text.trim() === "") {
    const knowledge = yield* Knowledge
    // None is as good as one that was removed.
    yield* Effect.ignore(knowledge.remove(workspaceId, id))
    return {}
  }
  const knowledgeBaseId = yield* ownKnowledge(place)
  yield* Effect.orDie(ingestDocument({ workspaceId, knowledgeBaseId, id, name: NAME, content: { kind: "text", text } }))
  return {}
})
