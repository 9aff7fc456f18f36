import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { email } from "../fields/email.ts"
import { dialogId } from "../fields/ids.ts"
import { text } from "../fields/text.ts"
import { changeable, optional, optionalText } from "../fields/unset.ts"
import { ChatbotParams, queryFlag } from "./fields.ts"
import { ThreadMessageResource } from "./messages.ts"
import { webhookToken, webhookUrl } from "./settings.ts"

const time = Schema.String.annotate({ format: "date-time" })
const mode = Schema.Literals(["AI", "AGENT"])

export const ChatUserResource = Schema.Struct({
  id: Schema.String,
  name: Schema.NullOr(Schema.String),
  email: Schema.NullOr(Schema.String),
  phoneNumber: Schema.NullOr(Schema.String),
  emailVerified: Schema.Boolean,
  createdAt: time,
  updatedAt: time
}).annotate({ identifier: "SitegptChatUser", description: "The visitor, as far as it is known: a contact." })

const chatUser = Schema.NullOr(ChatUserResource)

export const ThreadSummaryResource = Schema.Struct({
  threadId: Schema.String,
  mode,
  startedAt: time,
  updatedAt: time,
  endedAt: Schema.NullOr(time).annotate({ description: "When the matter was settled, if nothing was said since." }),
  chatUser,
  escalated: Schema.Boolean,
  important: Schema.Boolean,
  resolved: Schema.Boolean,
  totalMessagesRead: Schema.Int,
  totalMessages: Schema.Int,
  totalPositiveMessages: Schema.Int,
  totalNegativeMessages: Schema.Int,
  totalGpt4MessagesCount: Schema.Int,
  lastMessage: Schema.NullOr(ThreadMessageResource)
}).annotate({ identifier: "SitegptThreadSummary", description: "A thread as lists show it." })

export const ThreadResource = Schema.Struct({
  threadId: Schema.String,
  mode,
  messages: Schema.Array(ThreadMessageResource).annotate({ description: "The latest 1,000, oldest first." }),
  startedAt: time,
  updatedAt: time,
  webhookUrl: Schema.NullOr(Schema.String),
  totalMessagesRead: Schema.Int,
  chatUserId: Schema.NullOr(Schema.String),
  chatbotId: Schema.String,
  chatUser
}).annotate({ identifier: "SitegptThread", description: "A dialog as a thread." })

export const thread = Schema.Struct({ thread: ThreadResource })

export const ThreadParams = Schema.Struct({ ...ChatbotParams.fields, threadId: dialogId })
export const decodeThreadParams = decoder(ThreadParams)

export const ThreadQuery = Schema.Struct({
  skipMessages: queryFlag("`true` leaves `messages` empty."),
  includeChatUser: queryFlag("`true` shows the visitor in `chatUser`.")
})
export const decodeThreadQuery = decoder(ThreadQuery)

const ChatUserChange = Schema.Struct({
  email: optional(email, { description: "Where the visitor is written to." }),
  name: optional(text(1, 256), { description: "What the visitor is called." }),
  phoneNumber: optional(text(1, 64), { description: "Where the visitor is called." })
}).annotate({ identifier: "SitegptChatUserChange" })

export const NewSitegptThread = Schema.Struct({
  threadId: optionalText(text(0, 128), dialogId, { description: "An id of your own; without it one is made." }),
  mode: optional(mode, { description: "Who replies; as in the chatbot's settings unless it is said." }),
  chatUserEmail: optional(email, {
    description: "Who it is with: the contact of this `userId`, made if there is none."
  })
}).annotate({ identifier: "NewSitegptThread" })
export const decodeNewSitegptThread = decoder(NewSitegptThread)

export const SitegptThreadChange = Schema.Struct({
  mode: optional(mode, { description: "`AGENT` gives the thread to people, `AI` back to the agent." }),
  webhookUrl: changeable(webhookUrl, "In place of the chatbot's own. Empty or null takes it away."),
  webhookToken: changeable(webhookToken, "In place of the chatbot's own. Empty or null takes it away."),
  chatUser: optional(ChatUserChange, { description: "What is known of the visitor; what is not sent stays." })
}).annotate({ identifier: "SitegptThreadChange" })
export type SitegptThreadChange = typeof SitegptThreadChange.Type
export const decodeSitegptThreadChange = decoder(SitegptThreadChange)

export const Escalation = Schema.Struct({
  escalationPrompt: optional(text(0, 2000), { description: "Why; kept as the reason of the hand-over." })
}).annotate({ identifier: "SitegptEscalation" })
export const decodeEscalation = decoder(Escalation)
