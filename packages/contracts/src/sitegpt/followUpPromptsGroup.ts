import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { ChatbotParams, FollowUpPromptParams, PageQuery } from "./fields.ts"
import { FollowUpPromptChange, NewFollowUpPrompt } from "./prompts.ts"
import { sitegptReplies } from "./replies.ts"
import { ofChatbot, refusals, sitegpt } from "./sitegpt.ts"

const FOLLOW_UP = "/api/v0/chatbots/:chatbotId/follow-up-prompts"
const ofFollowUpPrompt = [...ofChatbot, "follow_up_prompt_not_found"] as const

const fetchFollowUpPrompts = HttpApiEndpoint.get("fetchFollowUpPrompts", FOLLOW_UP, {
  params: ChatbotParams,
  query: PageQuery,
  success: sitegptReplies.fetchFollowUpPrompts,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "fetchFollowUpPrompts",
    summary: "List follow-up prompts",
    description: "Needs the scope `agents:read`.",
    errors: ofChatbot
  })
)

const addFollowUpPrompt = HttpApiEndpoint.post("addFollowUpPrompt", FOLLOW_UP, {
  params: ChatbotParams,
  payload: NewFollowUpPrompt,
  success: sitegptReplies.addFollowUpPrompt,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "addFollowUpPrompt",
    summary: "Add a follow-up prompt",
    description: "It comes last. A chatbot has at most 100. Needs the scope `agents:write`.",
    errors: ofChatbot,
    request: {
      one: {
        summary: "A way to a person",
        value: { title: "Talk to a person", description: "I want to talk to a person.", isEscalationPrompt: true }
      }
    }
  })
)

const fetchFollowUpPrompt = HttpApiEndpoint.get("fetchFollowUpPrompt", `${FOLLOW_UP}/:followUpPromptId`, {
  params: FollowUpPromptParams,
  success: sitegptReplies.fetchFollowUpPrompt,
  error: refusals(ofFollowUpPrompt)
}).annotateMerge(
  sitegpt({
    operationId: "fetchFollowUpPrompt",
    summary: "Get a follow-up prompt",
    description: "Needs the scope `agents:read`.",
    errors: ofFollowUpPrompt
  })
)

const updateFollowUpPrompt = HttpApiEndpoint.patch("updateFollowUpPrompt", `${FOLLOW_UP}/:followUpPromptId`, {
  params: FollowUpPromptParams,
  payload: FollowUpPromptChange,
  success: sitegptReplies.updateFollowUpPrompt,
  error: refusals(ofFollowUpPrompt)
}).annotateMerge(
  sitegpt({
    operationId: "updateFollowUpPrompt",
    summary: "Change a follow-up prompt",
    description: "What is not sent stays; `link` is taken away by null. Needs the scope `agents:write`.",
    errors: ofFollowUpPrompt,
    request: { one: { summary: "Another title", value: { title: "Call us", link: "tel:+4930123456" } } }
  })
)

const deleteFollowUpPrompt = HttpApiEndpoint.delete("deleteFollowUpPrompt", `${FOLLOW_UP}/:followUpPromptId`, {
  params: FollowUpPromptParams,
  success: sitegptReplies.deleteFollowUpPrompt,
  error: refusals(ofFollowUpPrompt)
}).annotateMerge(
  sitegpt({
    operationId: "deleteFollowUpPrompt",
    summary: "Delete a follow-up prompt",
    description: "Needs the scope `agents:write`.",
    errors: ofFollowUpPrompt
  })
)

/** Next steps offered behind an answer. */
export const followUpPromptsGroup = HttpApiGroup.make("sitegptFollowUpPrompts")
  .add(fetchFollowUpPrompts, addFollowUpPrompt, fetchFollowUpPrompt, updateFollowUpPrompt, deleteFollowUpPrompt)
  .middleware(Authorization)
  .annotateMerge(
    OpenApi.annotations({ title: "SiteGPT: follow-up prompts", description: "Next steps offered behind an answer." })
  )
