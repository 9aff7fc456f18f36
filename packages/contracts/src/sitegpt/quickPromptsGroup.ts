import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { ChatbotParams, PageQuery, PromptParams } from "./fields.ts"
import { NewQuickPrompt, QuickPromptChange } from "./prompts.ts"
import { sitegptReplies } from "./replies.ts"
import { ofChatbot, refusals, sitegpt } from "./sitegpt.ts"

const QUICK = "/api/v0/chatbots/:chatbotId/quick-prompts"
const STARTERS = "/api/v0/chatbots/:chatbotId/conversation-starters"
const ofQuickPrompt = [...ofChatbot, "quick_prompt_not_found"] as const

const fetchQuickPrompts = HttpApiEndpoint.get("fetchQuickPrompts", QUICK, {
  params: ChatbotParams,
  query: PageQuery,
  success: sitegptReplies.fetchQuickPrompts,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "fetchQuickPrompts",
    summary: "List quick prompts",
    description: "Needs the scope `agents:read`.",
    errors: ofChatbot
  })
)

const addQuickPrompt = HttpApiEndpoint.post("addQuickPrompt", QUICK, {
  params: ChatbotParams,
  payload: NewQuickPrompt,
  success: sitegptReplies.addQuickPrompt,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "addQuickPrompt",
    summary: "Add a quick prompt",
    description: "It comes last. A chatbot has at most 100. Needs the scope `agents:write`.",
    errors: ofChatbot,
    request: {
      one: { summary: "A quick prompt", value: { title: "Prices", description: "What does it cost?", link: null } }
    }
  })
)

const fetchQuickPrompt = HttpApiEndpoint.get("fetchQuickPrompt", `${QUICK}/:promptId`, {
  params: PromptParams,
  success: sitegptReplies.fetchQuickPrompt,
  error: refusals(ofQuickPrompt)
}).annotateMerge(
  sitegpt({
    operationId: "fetchQuickPrompt",
    summary: "Get a quick prompt",
    description: "Needs the scope `agents:read`.",
    errors: ofQuickPrompt
  })
)

const updateQuickPrompt = HttpApiEndpoint.patch("updateQuickPrompt", `${QUICK}/:promptId`, {
  params: PromptParams,
  payload: QuickPromptChange,
  success: sitegptReplies.updateQuickPrompt,
  error: refusals(ofQuickPrompt)
}).annotateMerge(
  sitegpt({
    operationId: "updateQuickPrompt",
    summary: "Change a quick prompt",
    description: "What is not sent stays; `link` is taken away by null. Needs the scope `agents:write`.",
    errors: ofQuickPrompt,
    request: { one: { summary: "Another title", value: { title: "Prices and plans" } } }
  })
)

const deleteQuickPrompt = HttpApiEndpoint.delete("deleteQuickPrompt", `${QUICK}/:promptId`, {
  params: PromptParams,
  success: sitegptReplies.deleteQuickPrompt,
  error: refusals(ofQuickPrompt)
}).annotateMerge(
  sitegpt({
    operationId: "deleteQuickPrompt",
    summary: "Delete a quick prompt",
    description: "Needs the scope `agents:write`.",
    errors: ofQuickPrompt
  })
)

const fetchConversationStarters = HttpApiEndpoint.get("fetchConversationStarters", STARTERS, {
  params: ChatbotParams,
  query: PageQuery,
  success: sitegptReplies.fetchConversationStarters,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "fetchConversationStarters",
    summary: "List conversation starters",
    description: "Needs the scope `agents:read`.",
    errors: ofChatbot
  })
)

const addConversationStarter = HttpApiEndpoint.post("addConversationStarter", STARTERS, {
  params: ChatbotParams,
  payload: NewQuickPrompt,
  success: sitegptReplies.addConversationStarter,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "addConversationStarter",
    summary: "Add a conversation starter",
    description: "It comes last. A chatbot has at most 100. Needs the scope `agents:write`.",
    errors: ofChatbot,
    request: {
      one: {
        summary: "A conversation starter",
        value: { title: "Prices", description: "What does it cost?", link: null }
      }
    }
  })
)

const fetchConversationStarter = HttpApiEndpoint.get("fetchConversationStarter", `${STARTERS}/:promptId`, {
  params: PromptParams,
  success: sitegptReplies.fetchConversationStarter,
  error: refusals(ofQuickPrompt)
}).annotateMerge(
  sitegpt({
    operationId: "fetchConversationStarter",
    summary: "Get a conversation starter",
    description: "Needs the scope `agents:read`.",
    errors: ofQuickPrompt
  })
)

const updateConversationStarter = HttpApiEndpoint.patch("updateConversationStarter", `${STARTERS}/:promptId`, {
  params: PromptParams,
  payload: QuickPromptChange,
  success: sitegptReplies.updateConversationStarter,
  error: refusals(ofQuickPrompt)
}).annotateMerge(
  sitegpt({
    operationId: "updateConversationStarter",
    summary: "Change a conversation starter",
    description: "What is not sent stays; `link` is taken away by null. Needs the scope `agents:write`.",
    errors: ofQuickPrompt,
    request: { one: { summary: "Another title", value: { title: "Prices and plans" } } }
  })
)

const deleteConversationStarter = HttpApiEndpoint.delete("deleteConversationStarter", `${STARTERS}/:promptId`, {
  params: PromptParams,
  success: sitegptReplies.deleteConversationStarter,
  error: refusals(ofQuickPrompt)
}).annotateMerge(
  sitegpt({
    operationId: "deleteConversationStarter",
    summary: "Delete a conversation starter",
    description: "Needs the scope `agents:write`.",
    errors: ofQuickPrompt
  })
)

/** Conversation starters, under their older and their newer name. */
export const quickPromptsGroup = HttpApiGroup.make("sitegptQuickPrompts")
  .add(
    fetchQuickPrompts,
    addQuickPrompt,
    fetchQuickPrompt,
    updateQuickPrompt,
    deleteQuickPrompt,
    fetchConversationStarters,
    addConversationStarter,
    fetchConversationStarter,
    updateConversationStarter,
    deleteConversationStarter
  )
  .middleware(Authorization)
  .annotateMerge(
    OpenApi.annotations({
      title: "SiteGPT: quick prompts",
      description: "Conversation starters, under their older and their newer name."
    })
  )
