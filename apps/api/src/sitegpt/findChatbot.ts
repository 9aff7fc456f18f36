import { type Chatbot, ChatbotNotFound, Chatbots } from "@butler/domain"
import { Effect } from "effect"
import { found } from "../v1/found.ts"
import type { ChatbotPlace } from "./changeChatbot.ts"

export const findChatbot = ({
  chatbotId,
  workspaceId
}: ChatbotPlace): Effect.Effect<Chatbot, ChatbotNotFound, Chatbots> =>
  Chatbots.use((chatbots) => chatbots.find(workspaceId, chatbotId)).pipe(
    found(() => new ChatbotNotFound({ chatbotId }))
  )
