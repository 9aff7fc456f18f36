import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { AppearanceChange, NewChatbot } from "./chatbots.ts"
import { ChatbotParams, PageQuery } from "./fields.ts"
import { sitegptReplies } from "./replies.ts"
import { commonRefusals, ofChatbot, refusals, sitegpt } from "./sitegpt.ts"

const fetchChatbots = HttpApiEndpoint.get("fetchChatbots", "/api/v0/chatbots", {
  query: PageQuery,
  success: sitegptReplies.fetchChatbots,
  error: refusals(commonRefusals)
}).annotateMerge(
  sitegpt({
    operationId: "fetchChatbots",
    summary: "List chatbots",
    description: "Oldest first. Every agent is a chatbot. Needs the scope `agents:read`.",
    errors: commonRefusals
  })
)

const fetchChatbot = HttpApiEndpoint.get("fetchChatbot", "/api/v0/chatbots/:chatbotId", {
  params: ChatbotParams,
  success: sitegptReplies.fetchChatbot,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "fetchChatbot",
    summary: "Get a chatbot",
    description: "Needs the scope `agents:read`.",
    errors: ofChatbot
  })
)

const ofCreation = [...commonRefusals, "chatbot_limit_reached"] as const

const createChatbot = HttpApiEndpoint.post("createChatbot", "/api/v0/chatbots", {
  payload: NewChatbot,
  success: sitegptReplies.createChatbot,
  error: refusals(ofCreation)
}).annotateMerge(
  sitegpt({
    operationId: "createChatbot",
    summary: "Create a chatbot",
    description:
      "An agent that knows nothing yet: it answers from what is added to it by links and custom content. (The reply's `data` is inferred.) Needs the scope `agents:write`.",
    errors: ofCreation,
    request: { one: { summary: "A name", value: { chatbotName: "My Bot" } } }
  })
)

const deleteChatbot = HttpApiEndpoint.delete("deleteChatbot", "/api/v0/chatbots/:chatbotId", {
  params: ChatbotParams,
  success: sitegptReplies.deleteChatbot,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "deleteChatbot",
    summary: "Delete a chatbot",
    description:
      "Its dialogs are kept, what was added to it is not. The workspace's default agent, and one that a key is bound to, are refused. Needs the scope `agents:write`.",
    errors: ofChatbot
  })
)

const updateAppearance = HttpApiEndpoint.patch("updateAppearance", "/api/v0/chatbots/:chatbotId/appearance", {
  params: ChatbotParams,
  payload: AppearanceChange,
  success: sitegptReplies.updateAppearance,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "updateAppearance",
    summary: "Change how the widget looks",
    description: "What is not sent stays. Needs the scope `agents:write`.",
    errors: ofChatbot,
    request: {
      some: {
        summary: "A title and colours",
        value: {
          title: "My Bot",
          brandColor: "#2563eb",
          brandTextColor: "#FFFFFF",
          iconSize: "SMALL",
          hideSources: false
        }
      }
    }
  })
)

/** Agents as chatbots. */
export const sitegptChatbotsGroup = HttpApiGroup.make("sitegptChatbots")
  .add(fetchChatbots, createChatbot, fetchChatbot, deleteChatbot, updateAppearance)
  .middleware(Authorization)
  .annotateMerge(
    OpenApi.annotations({
      title: "SiteGPT: chatbots",
      description: "The SiteGPT v0 API: agents as chatbots of a website, over the same core."
    })
  )
