import { MessageId } from "@butler/domain"
import { Schema } from "effect"
import { abides, decoder, type Rule } from "../fields/decoder.ts"
import { dialogId, turnId } from "../fields/ids.ts"
import { text } from "../fields/text.ts"
import { optional, optionalText } from "../fields/unset.ts"
import { webUrl } from "../fields/webUrl.ts"
import { ChatbotParams, description, link, title } from "./fields.ts"

/** Microseconds, as the vendor writes it, though we count milliseconds. */
const time = Schema.String.annotate({ format: "date-time", examples: ["2023-08-03T11:43:52.037000Z"] })

const said = Schema.Struct({ text: Schema.String, timestamp: time }).annotate({ identifier: "SitegptText" })

export const MessagePromptResource = Schema.Struct({
  id: Schema.String,
  title: Schema.String,
  description: Schema.String,
  link: Schema.NullOr(Schema.String),
  isEscalationPrompt: Schema.optionalKey(
    Schema.Boolean.annotate({ description: "Of a follow-up prompt: whether choosing it asks for a person." })
  )
}).annotate({ identifier: "SitegptMessagePrompt", description: "A next step offered with a message." })

const shared = {
  question: Schema.NullOr(said),
  answer: Schema.NullOr(said),
  sources: Schema.Array(Schema.String).annotate({
    description: "Addresses of what the answer rests on; none while the chatbot's `hideSources` is set."
  }),
  gptModel: Schema.String,
  reaction: Schema.Literals(["POSITIVE", "NEGATIVE", "NEUTRAL"]),
  threadId: Schema.String,
  messageType: Schema.Literals(["NORMAL_MESSAGE", "USER_MESSAGE", "AGENT_MESSAGE", "SYSTEM_MESSAGE"]).annotate({
    description:
      "`NORMAL_MESSAGE`: question and answer of the agent. `USER_MESSAGE`: a question left to people. `AGENT_MESSAGE`: what a person says. `SYSTEM_MESSAGE`: what happened to the thread."
  }),
  iconUrl: Schema.NullOr(Schema.String),
  agentName: Schema.NullOr(Schema.String),
  prompts: Schema.Array(MessagePromptResource).annotate({
    description:
      "What a person offered with it. Behind the agent's answer, as long as it is the thread's last message, the chatbot's follow-up prompts."
  }),
  chatbotId: Schema.String
}

export const SentMessageResource = Schema.Struct({
  id: Schema.String,
  ...shared,
  smartPrompts: Schema.Array(Schema.String).annotate({
    description:
      "What might be asked next, in the visitor's language: a model's questions where one answered, else what the knowledge holds near the answer. What the model uses for them counts for the visitor's day and the workspace's month, beside the turn."
  })
}).annotate({ identifier: "SitegptMessage", description: "A question with its answer, or what was said alone." })
export type SentMessageResource = typeof SentMessageResource.Type

export const ThreadMessageResource = Schema.Struct({
  messageId: Schema.String,
  ...shared,
  systemMessageType: Schema.NullOr(Schema.String)
}).annotate({ identifier: "SitegptThreadMessage", description: "A message as threads show it." })
export type ThreadMessageResource = typeof ThreadMessageResource.Type

export const sentMessage = Schema.Struct({ message: SentMessageResource, threadId: Schema.String })

const prompt = Schema.Struct({
  title,
  description,
  link: Schema.optionalKey(Schema.NullOr(link))
}).annotate({ identifier: "NewMessagePrompt" })

const MAX_MESSAGE = 32_000
const MAX_PROMPTS = 20

const says = (message: unknown): boolean => typeof message !== "string" || message.trim() !== ""

/** A person speaks into a thread that there is; only a person offers prompts of its own. */
const agentRules: Rule = ({ from, message, prompts, threadId }) => {
  if (!says(message)) return { path: "message", message: "must not be empty" }
  if (from === "AGENT" && (threadId === undefined || threadId === null || threadId === "")) {
    return { path: "threadId", message: "is required when from is AGENT" }
  }
  return from !== "AGENT" && Array.isArray(prompts) && prompts.length > 0
    ? { path: "prompts", message: "is allowed only when from is AGENT" }
    : undefined
}

export const NewSitegptMessage = Schema.Struct({
  message: text(1, MAX_MESSAGE, { description: "What is said." }),
  from: optional(Schema.Literals(["USER", "AGENT"]), {
    description: "`USER`, which is also meant without it: a visitor asks. `AGENT`: a person answers."
  }),
  threadId: optionalText(text(0, 128), dialogId, {
    description:
      "The thread to go on with; one that does not exist is made under this id. Without it a new one begins. Required when `from` is `AGENT`."
  }),
  iconUrl: optional(webUrl(2048), { description: "Kept with the message." }),
  agentName: optional(text(0, 256), { description: "Kept with the message." }),
  prompts: optional(
    Schema.Array(prompt).check(
      Schema.isMaxLength(MAX_PROMPTS, { message: `must have at most ${MAX_PROMPTS} prompts` })
    ),
    { description: "Next steps a person offers." }
  )
})
  .check(abides(agentRules))
  .annotate({ identifier: "NewSitegptMessage" })
export type NewSitegptMessage = typeof NewSitegptMessage.Type
export const decodeNewSitegptMessage = decoder(NewSitegptMessage, agentRules)

export const SitegptMessageChange = Schema.Struct({
  threadId: optionalText(text(0, 128), dialogId, { description: "The thread it must be in." }),
  reaction: optional(Schema.Literals(["POSITIVE", "NEGATIVE", "NEUTRAL"]), { description: "What is thought of it." })
}).annotate({ identifier: "SitegptMessageChange" })
export const decodeSitegptMessageChange = decoder(SitegptMessageChange)

const messageId = Schema.toEncoded(turnId)
  .annotate({ description: "The id of a message.", examples: ["376290410396385873"] })
  .pipe(Schema.decodeTo(MessageId))

export const SitegptMessageParams = Schema.Struct({ ...ChatbotParams.fields, messageId })
export const decodeSitegptMessageParams = decoder(SitegptMessageParams)
