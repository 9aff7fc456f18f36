import type { LocalizationChange } from "@butler/contracts"
import { Effect, Result } from "effect"
import { changeChatbot, type ChatbotPlace } from "./changeChatbot.ts"

/** Changes some of the widget's words; the others stay. */
export const changeLocalization = (place: ChatbotPlace, change: LocalizationChange) =>
  Effect.as(
    changeChatbot(place, (chatbot) => {
      const { localization = {} } = chatbot.settings
      const { chatAccount, chatHome, chatMessage, chatMessages } = change
      const merged = {
        ...localization,
        ...(chatHome !== undefined && { chatHome: { ...localization.chatHome, ...chatHome } }),
        ...(chatMessages !== undefined && { chatMessages: { ...localization.chatMessages, ...chatMessages } }),
        ...(chatMessage !== undefined && { chatMessage: { ...localization.chatMessage, ...chatMessage } }),
        ...(chatAccount !== undefined && { chatAccount: { ...localization.chatAccount, ...chatAccount } })
      }
      return Result.succeed({ ...chatbot, settings: { ...chatbot.settings, localization: merged } })
    }),
    {}
  )
