import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { ChatbotParams } from "./fields.ts"
import { NewSitegptMessage, SitegptMessageChange, SitegptMessageParams } from "./messages.ts"
import { sitegptReplies } from "./replies.ts"
import { ofChatbot, refusals, sitegpt } from "./sitegpt.ts"

const ofSending = [...ofChatbot, "thread_not_found", "messages_limit_reached"] as const
const ofMessage = [...ofChatbot, "message_not_found"] as const

const sendMessage = HttpApiEndpoint.post("sendMessage", "/api/v0/chatbots/:chatbotId/message", {
  params: ChatbotParams,
  payload: NewSitegptMessage,
  success: sitegptReplies.sendMessage,
  error: refusals(ofSending)
}).annotateMerge(
  sitegpt({
    operationId: "sendMessage",
    summary: "Send a message and get the answer",
    description:
      "A visitor's message is a turn of the chatbot's agent, like any other: kept, answered once, told to webhooks. While people have the thread, or the chat mode is `AGENT`, `answer` is null; so it is when there is none within a minute. An answer that fails is 500 `PROBLEMS_WITH_UPSTREAM_PROVIDER`. A person's message (`from: AGENT`) is said in the thread; who replies there stays the same. A visitor's message that is refused with `MESSAGES_LIMIT_REACHED` is not kept; a thread that is there already says so in a system message of the type `EXCEEDED_USAGE_LIMITS`, however often, once, until something else is said in it. `threadId` is given twice, since clients read it in both places. Needs the scope `turns:write`.",
    errors: ofSending,
    request: {
      user: { summary: "A visitor asks", value: { message: "What can you do ?", from: "USER" } },
      thread: { summary: "In a thread of your own", value: { message: "Hello", threadId: "session-42" } },
      agent: {
        summary: "A person answers",
        value: {
          message: "This is agent!!",
          from: "AGENT",
          threadId: "session-42",
          agentName: "Test Agent",
          iconUrl: "https://avatars.githubusercontent.com/u/17903466?s=48&v=4",
          prompts: [{ title: "Prompt 1", description: "This is the prompt1 description" }]
        }
      }
    }
  })
)

const updateMessage = HttpApiEndpoint.patch("updateMessage", "/api/v0/chatbots/:chatbotId/messages/:messageId", {
  params: SitegptMessageParams,
  payload: SitegptMessageChange,
  success: sitegptReplies.updateMessage,
  error: refusals(ofMessage)
}).annotateMerge(
  sitegpt({
    operationId: "updateMessage",
    summary: "React to a message",
    description: "Needs the scope `dialogs:write`.",
    errors: ofMessage,
    request: { one: { summary: "A good answer", value: { reaction: "POSITIVE" } } }
  })
)

/** What is said in threads. */
export const messagesGroup = HttpApiGroup.make("sitegptMessages")
  .add(sendMessage, updateMessage)
  .middleware(Authorization)
  .annotateMerge(OpenApi.annotations({ title: "SiteGPT: messages", description: "What is said in threads." }))
