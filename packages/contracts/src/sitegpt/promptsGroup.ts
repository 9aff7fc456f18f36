import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { ChatbotParams, PageQuery, PromptParams } from "./fields.ts"
import { NewPrompt, PromptChange } from "./prompts.ts"
import { sitegptReplies } from "./replies.ts"
import { ofChatbot, refusals, sitegpt } from "./sitegpt.ts"

const PROMPTS = "/api/v0/chatbots/:chatbotId/settings/prompts"
const ofPrompt = [...ofChatbot, "prompt_not_found"] as const

const fetchPrompts = HttpApiEndpoint.get("fetchPrompts", PROMPTS, {
  params: ChatbotParams,
  query: PageQuery,
  success: sitegptReplies.fetchPrompts,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "fetchPrompts",
    summary: "List prompts",
    description: "Needs the scope `agents:read`.",
    errors: ofChatbot
  })
)

const addPrompt = HttpApiEndpoint.post("addPrompt", PROMPTS, {
  params: ChatbotParams,
  payload: NewPrompt,
  success: sitegptReplies.addPrompt,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "addPrompt",
    summary: "Add a prompt",
    description: "A chatbot has at most 100. It does nothing until it is assigned. Needs the scope `agents:write`.",
    errors: ofChatbot,
    request: {
      one: {
        summary: "A prompt",
        value: { title: "Brief", description: "Short answers", instructions: "Be brief.", temperature: "0.2" }
      }
    }
  })
)

const fetchPrompt = HttpApiEndpoint.get("fetchPrompt", `${PROMPTS}/:promptId`, {
  params: PromptParams,
  success: sitegptReplies.fetchPrompt,
  error: refusals(ofPrompt)
}).annotateMerge(
  sitegpt({
    operationId: "fetchPrompt",
    summary: "Get a prompt",
    description: "Needs the scope `agents:read`.",
    errors: ofPrompt
  })
)

const updatePrompt = HttpApiEndpoint.patch("updatePrompt", `${PROMPTS}/:promptId`, {
  params: PromptParams,
  payload: PromptChange,
  success: sitegptReplies.updatePrompt,
  error: refusals(ofPrompt)
}).annotateMerge(
  sitegpt({
    operationId: "updatePrompt",
    summary: "Change a prompt",
    description:
      "What is not sent stays. Once assigned, the agent answers by it at once. Needs the scope `agents:write`.",
    errors: ofPrompt,
    request: { one: { summary: "Other instructions", value: { instructions: "Answer in one sentence." } } }
  })
)

const deletePrompt = HttpApiEndpoint.delete("deletePrompt", `${PROMPTS}/:promptId`, {
  params: PromptParams,
  success: sitegptReplies.deletePrompt,
  error: refusals(ofPrompt)
}).annotateMerge(
  sitegpt({
    operationId: "deletePrompt",
    summary: "Delete a prompt",
    description: "If it was assigned, it no longer is. Needs the scope `agents:write`.",
    errors: ofPrompt
  })
)

const assignPrompt = HttpApiEndpoint.post("assignPrompt", `${PROMPTS}/:promptId/assign`, {
  params: PromptParams,
  success: sitegptReplies.assignPrompt,
  error: refusals(ofPrompt)
}).annotateMerge(
  sitegpt({
    operationId: "assignPrompt",
    summary: "Assign a prompt",
    description:
      "From then on the agent answers by it, and with its temperature; one that was assigned before no longer is. (The call is inferred from its sibling.) Needs the scope `agents:write`.",
    errors: ofPrompt
  })
)

/** Instructions to assign. */
export const promptsGroup = HttpApiGroup.make("sitegptPrompts")
  .add(fetchPrompts, addPrompt, fetchPrompt, updatePrompt, deletePrompt, assignPrompt)
  .middleware(Authorization)
  .annotateMerge(OpenApi.annotations({ title: "SiteGPT: prompts", description: "Instructions to assign." }))
