import { Schema } from "effect"
import { MessagePromptResource } from "./messages.ts"

const time = Schema.String.annotate({ format: "date-time" })
const text = Schema.NullOr(Schema.String)

const place = { chatbotId: Schema.String, threadId: Schema.String }

const visitor = Schema.Struct({ id: Schema.String, name: text, email: text, phoneNumber: text, createdAt: time })

const AddMessage = Schema.Struct({
  event: Schema.Literal("ADD_MESSAGE"),
  data: Schema.Struct({
    ...place,
    messageId: Schema.String,
    gptModel: Schema.String,
    sources: Schema.Array(Schema.String),
    question: Schema.String.annotate({ description: "Plain text; empty where nothing was asked." }),
    answer: Schema.String.annotate({ description: "Plain text; empty where there is none." }),
    messageType: Schema.Literals(["NORMAL_MESSAGE", "USER_MESSAGE", "AGENT_MESSAGE", "SYSTEM_MESSAGE"]),
    agentId: text.annotate({ description: "The person who said it, as far as it is known." }),
    iconUrl: text,
    agentName: text,
    systemMessageType: text,
    prompts: Schema.Array(MessagePromptResource),
    createdAt: Schema.NullOr(time)
  })
})

const ConversationEscalated = Schema.Struct({
  event: Schema.Literal("CONVERSATION_ESCALATED"),
  data: Schema.Struct({ ...place, chatUser: Schema.NullOr(visitor), escalationPrompt: text, escalatedAt: time })
})

const LeadCollected = Schema.Struct({
  event: Schema.Literal("LEAD_COLLECTED"),
  data: Schema.Struct({ ...place, chatUser: Schema.NullOr(visitor), collectedAt: time })
})

/** The body of an event of a chatbot's own webhook as it is posted. */
export const ChatbotEventBody = Schema.Union([AddMessage, ConversationEscalated, LeadCollected]).annotate({
  identifier: "SitegptWebhookEvent",
  description: "An event of a chatbot's own webhook, literally as it is posted."
})
