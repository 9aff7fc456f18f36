import type { AdvancedSettings } from "@butler/contracts"
import { Effect, Result, Struct } from "effect"
import type { Caller } from "../auth/Caller.ts"
import { judgeCallback } from "../butler/judgeCallback.ts"
import { changeChatbot, type ChatbotPlace } from "./changeChatbot.ts"

/** Changes what a model is told and where messages are told of. An empty address or token is taken away, as null is. */
export const changeAdvanced = Effect.fn("changeAdvanced")(function* (
  caller: Caller,
  place: ChatbotPlace,
  { webhookToken, webhookUrl, ...model }: AdvancedSettings
) {
  yield* judgeCallback(caller, webhookUrl || null, "webhookUrl")
  yield* changeChatbot(place, (chatbot) => {
    const url = webhookUrl === undefined ? chatbot.settings.webhookUrl : webhookUrl
    const settings = { ...Struct.omit(chatbot.settings, ["webhookUrl"]), ...model, ...(url && { webhookUrl: url }) }
    const token = webhookToken !== undefined && { webhookToken: webhookToken || null }
    return Result.succeed({ ...chatbot, settings, ...token, named: Struct.keys(model) })
  })
  return {}
})
