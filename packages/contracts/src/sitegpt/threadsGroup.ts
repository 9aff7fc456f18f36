import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { ChatbotParams, PageQuery } from "./fields.ts"
import { sitegptReplies } from "./replies.ts"
import { ofChatbot, refusals, sitegpt } from "./sitegpt.ts"
import { Escalation, NewSitegptThread, SitegptThreadChange, ThreadParams, ThreadQuery } from "./threads.ts"

const THREADS = "/api/v0/chatbots/:chatbotId/threads"
const ofThread = [...ofChatbot, "thread_not_found"] as const

const fetchThreads = HttpApiEndpoint.get("fetchThreads", THREADS, {
  params: ChatbotParams,
  query: PageQuery,
  success: sitegptReplies.fetchThreads,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "fetchThreads",
    summary: "List threads",
    description:
      "Every dialog that was begun with the agent, on any face, newest first. Needs the scope `dialogs:read`.",
    errors: ofChatbot
  })
)

const createThread = HttpApiEndpoint.post("createThread", THREADS, {
  params: ChatbotParams,
  payload: NewSitegptThread,
  success: sitegptReplies.createThread,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "createThread",
    summary: "Create a thread",
    description: "An id that a dialog has already is refused. Needs the scope `dialogs:write`.",
    errors: ofChatbot,
    request: { one: { summary: "For a known visitor", value: { threadId: "xyz", chatUserEmail: "ada@example.com" } } }
  })
)

const fetchThread = HttpApiEndpoint.get("fetchThread", `${THREADS}/:threadId`, {
  params: ThreadParams,
  query: ThreadQuery,
  success: sitegptReplies.fetchThread,
  error: refusals(ofThread)
}).annotateMerge(
  sitegpt({
    operationId: "fetchThread",
    summary: "Get a thread",
    description: "With its latest messages. Needs the scope `dialogs:read`.",
    errors: ofThread
  })
)

const updateThread = HttpApiEndpoint.patch("updateThread", `${THREADS}/:threadId`, {
  params: ThreadParams,
  payload: SitegptThreadChange,
  success: sitegptReplies.updateThread,
  error: refusals(ofThread)
}).annotateMerge(
  sitegpt({
    operationId: "updateThread",
    summary: "Change a thread",
    description:
      "What is not sent stays. `mode` `AGENT` is no escalation. The webhook is told when the visitor's details are new. Needs the scope `dialogs:write`.",
    errors: ofThread,
    request: { one: { summary: "To people", value: { mode: "AGENT", chatUser: { name: "Ada" } } } }
  })
)

const escalateThread = HttpApiEndpoint.post("escalateThread", `${THREADS}/:threadId/escalate`, {
  params: ThreadParams,
  payload: Escalation,
  success: sitegptReplies.escalateThread,
  error: refusals(ofThread)
}).annotateMerge(
  sitegpt({
    operationId: "escalateThread",
    summary: "Escalate a thread",
    description:
      "People have it from then on, a `SYSTEM_MESSAGE` says so, and the webhook is told. One that was escalated and is still with people stays as it is. Needs the scope `dialogs:write`.",
    errors: ofThread,
    request: { one: { summary: "With a reason", value: { escalationPrompt: "I want to talk to a person." } } }
  })
)

/** Dialogs as threads. */
export const threadsGroup = HttpApiGroup.make("sitegptThreads")
  .add(fetchThreads, createThread, fetchThread, updateThread, escalateThread)
  .middleware(Authorization)
  .annotateMerge(OpenApi.annotations({ title: "SiteGPT: threads", description: "Dialogs as threads." }))
