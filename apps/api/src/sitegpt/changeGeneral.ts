import type { GeneralSettings } from "@butler/contracts"
import { Effect, Result } from "effect"
import { changeChatbot, type ChatbotPlace } from "./changeChatbot.ts"

/** Changes what a chatbot is for and what its agent is told. */
export const changeGeneral = (place: ChatbotPlace, { chatbotDescription, ...general }: GeneralSettings) =>
  Effect.as(
    changeChatbot(place, (chatbot) => {
      const settings = { ...chatbot.settings, ...general }
      return Result.succeed({ ...chatbot, description: chatbotDescription ?? chatbot.description, settings })
    }),
    {}
  )
