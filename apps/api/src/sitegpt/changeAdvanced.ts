import type { AdvancedSettings } from "@butler/contracts"
import { Effect, Result, Struct } from "effect"
import type { Caller } from "../auth/Caller.ts"
import { judgeCallback } from "../butler/judgeCallback.ts"
import { changeChatbot, type ChatbotPlace } from "./changeChatbot.ts"

/** Changes what a model is told and where messages are told of. An empty address or token is taken away. */
export const changeAdvanced = Effect.fn("changeAdvanced")(function* (
  caller: Caller,
  place: ChatbotPlace,
  { webhookToken, webhookUrl, ...model }: AdvancedSettings
) {
  yield* judgeCallback(caller, webhookUrl || null, "webhookUrl")
  yield* changeChatbot(place, (chatbot) => {
    const token = webhookToken ?? chatbot.settings.webhookToken ?? ""
    const url = webhookUrl ?? chatbot.settings.webhookUrl ?? ""
    const settings = {
      ...Struct.omit(chatbot.settings, ["webhookToken", "webhookUrl"]),
      ...model,
      ...(url !== "" && { webhookUrl: url }),
      ...(token !== "" && { webhookToken: token })
    }
    return Result.succeed({ ...chatbot, settings })
  })
  return {}
})
