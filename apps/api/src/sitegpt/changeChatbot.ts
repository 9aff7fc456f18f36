import {
  type AgentId,
  type ChangedChatbot,
  Chatbots,
  type Chatbot,
  type ChatbotSettings,
  type WorkspaceId
} from "@butler/domain"
import { Effect, Result, Struct } from "effect"

/** Where a chatbot stands. */
export interface ChatbotPlace {
  readonly workspaceId: WorkspaceId
  readonly chatbotId: AgentId
}

/** Changes a chatbot, all or nothing. */
export const changeChatbot = <E>(
  { chatbotId, workspaceId }: ChatbotPlace,
  change: (chatbot: Chatbot) => Result.Result<ChangedChatbot, E>
) => Chatbots.use((chatbots) => chatbots.change(workspaceId, chatbotId, change))

/** Sets some of a chatbot's settings; what is not named stays. */
export const changeSettings = (place: ChatbotPlace, settings: ChatbotSettings) =>
  Effect.as(
    changeChatbot(place, (chatbot) =>
      Result.succeed({
        ...chatbot,
        settings: { ...chatbot.settings, ...settings },
        named: Struct.keys(settings)
      })
    ),
    {}
  )
