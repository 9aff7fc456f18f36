import { HttpApiEndpoint, HttpApiSchema } from "effect/http-api"
import { DialogParams, DialogResource } from "./DialogResource.ts"
import { MessageResource } from "./MessageResource.ts"
import { bodyProblems, commonProblems, native, problems } from "./native.ts"
import { NewHandover } from "./NewHandover.ts"
import { NewMessage } from "./NewMessage.ts"

const ofDialog = [...commonProblems, "dialog_not_found"] as const
const ofBody = [...bodyProblems, "dialog_not_found"] as const
const ofMessage = [...ofBody, "agent_not_found"] as const

export const handOverDialog = HttpApiEndpoint.post("handOverDialog", "/v1/dialogs/:dialogId/hand-over", {
  params: DialogParams,
  payload: NewHandover,
  success: DialogResource,
  error: problems(ofBody)
}).annotateMerge(
  native({
    operationId: "handOverDialog",
    summary: "Hand a dialog to people",
    description:
      "All at once: open turns end as `cancelled`, the agent says its last words, and `mode` is `human`. From then on a contact's message is stored and its event sent, and its turn is `completed` at once without a reply. A dialog that people have already stays as it is: nothing is said twice, unless it came to them by the `mode` of a SiteGPT thread alone: then it is escalated now. The body may be left out. Needs the scope `dialogs:write`.",
    errors: ofBody,
    request: {
      asked: {
        summary: "With a reason and last words",
        value: { reason: "asked for a person", closingMessage: "Ada will help you." }
      },
      plain: { summary: "Our own words in the contact's language", value: {} }
    }
  })
)

export const handBackDialog = HttpApiEndpoint.post("handBackDialog", "/v1/dialogs/:dialogId/hand-back", {
  params: DialogParams,
  success: DialogResource,
  error: problems(ofDialog)
}).annotateMerge(
  native({
    operationId: "handBackDialog",
    summary: "Hand a dialog back to the agent",
    description:
      "`mode` is `ai` again. The agent answers what comes from then on, and what was said before is not part of what it knows of the dialog. A dialog that the agent has already stays as it is. Needs the scope `dialogs:write`.",
    errors: ofDialog
  })
)

export const postMessage = HttpApiEndpoint.post("postMessage", "/v1/dialogs/:dialogId/messages", {
  params: DialogParams,
  payload: NewMessage,
  success: MessageResource.pipe(HttpApiSchema.status(201)),
  error: problems(ofMessage)
}).annotateMerge(
  native({
    operationId: "postMessage",
    summary: "Speak in a dialog",
    description:
      "A person or the agent says something outside a turn, whoever has the dialog. It is part of the dialog's record and its event is sent; nothing is answered. Needs the scope `dialogs:write`.",
    errors: ofMessage,
    request: {
      person: {
        summary: "A person",
        value: { sender: { type: "person", id: "staff_7" }, content: "您好，我来帮您处理。" }
      },
      image: {
        summary: "The agent sends a picture",
        value: { sender: { type: "agent" }, contentType: "image", url: "https://cdn.example.com/guide.png" }
      }
    }
  })
)
