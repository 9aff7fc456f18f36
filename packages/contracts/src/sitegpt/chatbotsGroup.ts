import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { AppearanceChange } from "./chatbots.ts"
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
  .add(fetchChatbots, fetchChatbot, updateAppearance)
  .middleware(Authorization)
  .annotateMerge(
    OpenApi.annotations({
      title: "SiteGPT: chatbots",
      description: "The SiteGPT v0 API: agents as chatbots of a website, over the same core."
    })
  )
