import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { ChatbotParams } from "./fields.ts"
import { LocalizationChange } from "./localization.ts"
import { AdvancedSettings, ChatModeSettings, GeneralSettings, UserDataSettings } from "./settings.ts"
import { sitegptReplies } from "./replies.ts"
import { ofChatbot, refusals, sitegpt } from "./sitegpt.ts"
import { chatbotWebhooksIntroduction } from "./webhooksIntroduction.ts"

const SETTINGS = "/api/v0/chatbots/:chatbotId/settings"

const updateAdvancedSettings = HttpApiEndpoint.patch("updateAdvancedSettings", `${SETTINGS}/advanced`, {
  params: ChatbotParams,
  payload: AdvancedSettings,
  success: sitegptReplies.updateAdvancedSettings,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "updateAdvancedSettings",
    summary: "Change the advanced settings",
    description:
      "What is not sent stays. A model is told by `creativity` and `temperature`; the operator decides whether there is one. Needs the scope `agents:write`.",
    errors: ofChatbot,
    request: {
      one: {
        summary: "Some",
        value: {
          creativity: "custom",
          temperature: 0.4,
          topK: 5,
          webhookUrl: "https://example.com/hook",
          webhookToken: "secret"
        }
      }
    }
  })
)

const updateChatModeSettings = HttpApiEndpoint.patch("updateChatModeSettings", `${SETTINGS}/chat-mode`, {
  params: ChatbotParams,
  payload: ChatModeSettings,
  success: sitegptReplies.updateChatModeSettings,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "updateChatModeSettings",
    summary: "Change who replies",
    description:
      "What is not sent stays. `AGENT` stops the answers of the agent, on every face, until it is `AI` again. Needs the scope `agents:write`.",
    errors: ofChatbot,
    request: { one: { summary: "Some", value: { chatMode: "AI" } } }
  })
)

const updateGeneralSettings = HttpApiEndpoint.patch("updateGeneralSettings", `${SETTINGS}/general`, {
  params: ChatbotParams,
  payload: GeneralSettings,
  success: sitegptReplies.updateGeneralSettings,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "updateGeneralSettings",
    summary: "Change the general settings",
    description:
      "What is not sent stays. Instructions are put together from `systemPrompt`, `userPrompt` and `extraData`, the first two in place of what is assigned. Needs the scope `agents:write`.",
    errors: ofChatbot,
    request: {
      one: {
        summary: "Some",
        value: {
          chatbotDescription: "Answers about orders",
          smartFollowUpPromptsCount: 3,
          historyCount: 4,
          gptModel: "gpt-4"
        }
      }
    }
  })
)

const updateLocalizationSettings = HttpApiEndpoint.patch("updateLocalizationSettings", `${SETTINGS}/localization`, {
  params: ChatbotParams,
  payload: LocalizationChange,
  success: sitegptReplies.updateLocalizationSettings,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "updateLocalizationSettings",
    summary: "Change the words of the widget",
    description: "What is not sent stays. Groups are merged with what was set before. Needs the scope `agents:write`.",
    errors: ofChatbot,
    request: { one: { summary: "Some", value: { chatHome: { home: "Start", startConversation: "Frag uns" } } } }
  })
)

const updateUserDataSettings = HttpApiEndpoint.patch("updateUserDataSettings", `${SETTINGS}/user-data`, {
  params: ChatbotParams,
  payload: UserDataSettings,
  success: sitegptReplies.updateUserDataSettings,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "updateUserDataSettings",
    summary: "Change what visitors are asked",
    description: "What is not sent stays. Needs the scope `agents:write`.",
    errors: ofChatbot,
    request: {
      one: { summary: "Some", value: { collectUserDetails: "OPTIONAL", collectName: true, collectPhone: false } }
    }
  })
)

/** How a chatbot behaves. */
export const settingsGroup = HttpApiGroup.make("sitegptSettings")
  .add(
    updateAdvancedSettings,
    updateChatModeSettings,
    updateGeneralSettings,
    updateLocalizationSettings,
    updateUserDataSettings
  )
  .middleware(Authorization)
  .annotateMerge(OpenApi.annotations({ title: "SiteGPT: settings", description: chatbotWebhooksIntroduction }))
