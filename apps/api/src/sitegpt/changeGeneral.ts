import type { GeneralSettings } from "@butler/contracts"
import { Effect, Result, Struct } from "effect"
import { changeChatbot, type ChatbotPlace } from "./changeChatbot.ts"

/** Changes what a chatbot is for and what its agent is told. */
export const changeGeneral = (place: ChatbotPlace, { chatbotDescription, ...general }: GeneralSettings) =>
  Effect.as(
    changeChatbot(place, (chatbot) => {
      const settings = { ...chatbot.settings, ...general }
      const description = chatbotDescription ?? chatbot.description
      return Result.succeed({ ...chatbot, description, settings, named: Struct.keys(general) })
    }),
    {}
  )
