import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { errorsOf } from "../openapi/operation.ts"
import { ButlerError } from "./ButlerError.ts"
import { butlerOperation, commonErrors, turnErrors } from "./butlerOperation.ts"
import { CompletionHeaders } from "./CompletionHeaders.ts"
import { exampleResponse } from "./examples.ts"
import { ChannelMessageBody, ChatBody, TransferBody } from "./familyBodies.ts"
import { ChannelMessageReply, ChatReply, entityReply, TransferReply } from "./familyReplies.ts"

const ofDialog = [...commonErrors, "dialog_not_found"] as const
const { agentLogs, dialogId, messages } = exampleResponse.data

const chat = HttpApiEndpoint.post("chat", "/api/open/v3/butler/chat/completions", {
  headers: CompletionHeaders,
  payload: ChatBody,
  success: ChatReply,
  error: errorsOf(ButlerError, turnErrors)
}).annotateMerge(
  butlerOperation({
    operationId: "chat",
    summary: "Send a contact's message and get the agent's answer as one text",
    description:
      "The same turn as `POST /api/open/v4/butler/chat/completions`, with the request in `body` and the answer in `data.entity`. A turn that outlasts `waitMs` is answered with an empty `content` and goes on. Needs the scope `turns:write`.",
    errors: turnErrors,
    request: {
      first: { summary: "A first message", value: { body: { query: "介绍下你们的业务", userId: "user_987654321" } } }
    },
    response: {
      answer: {
        summary: "The answer",
        value: entityReply({ content: messages.map(({ text }) => text).join("\n"), dialogId, agentLogs })
      }
    }
  })
)

const sendChannelMessage = HttpApiEndpoint.post("sendChannelMessage", "/api/open/v3/butler/channel/message/send", {
  payload: ChannelMessageBody,
  success: ChannelMessageReply,
  error: errorsOf(ButlerError, ofDialog)
}).annotateMerge(
  butlerOperation({
    operationId: "sendChannelMessage",
    summary: "Push a message into a dialog as the agent",
    description:
      "It is part of the dialog's record and its event is sent; nothing is answered. Needs the scope `dialogs:write`.",
    errors: ofDialog,
    request: { news: { summary: "A text", value: { body: { dialogId, message: "您的退款已原路退回。" } } } }
  })
)

const transferToHuman = HttpApiEndpoint.post("transferToHuman", "/api/open/v3/butler/transferToHuman", {
  payload: TransferBody,
  success: TransferReply,
  error: errorsOf(ButlerError, ofDialog)
}).annotateMerge(
  butlerOperation({
    operationId: "transferToHuman",
    summary: "Hand a dialog to a person",
    description:
      "The same as `POST /v1/dialogs/{dialogId}/hand-over`: open turns are cancelled, the agent says so in the contact's language, and answers no more. Doing it twice changes nothing. Needs the scope `dialogs:write`.",
    errors: ofDialog,
    request: { dialog: { summary: "A dialog", value: { body: { dialogId } } } }
  })
)

/** The older calls of the 3Chat butler open API. */
export const familyGroup = HttpApiGroup.make("family")
  .add(chat, sendChannelMessage, transferToHuman)
  .middleware(Authorization)
  .annotateMerge(
    OpenApi.annotations({
      title: "Butler open API, v3",
      description: "The older calls: what they send is wrapped in `body`, what they answer lies in `data.entity`."
    })
  )
