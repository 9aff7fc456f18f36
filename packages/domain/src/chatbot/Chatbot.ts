import { Schema } from "effect"
import { AgentId, KnowledgeBaseId } from "../ids/brands.ts"
import { ChatbotSettings } from "./ChatbotSettings.ts"

/** UUID of anything in a chatbot's lists. */
export const ChatbotEntryId = Schema.String.check(Schema.isUUID()).pipe(Schema.brand("ChatbotEntryId"))
export type ChatbotEntryId = typeof ChatbotEntryId.Type

const titled = { id: ChatbotEntryId, title: Schema.String, description: Schema.String }
const link = Schema.NullOr(Schema.String)

/** A conversation starter. */
export const QuickPrompt = Schema.Struct({ ...titled, link })
export type QuickPrompt = typeof QuickPrompt.Type

/** A next step that is offered behind an answer. */
export const FollowUpPrompt = Schema.Struct({ ...titled, link, isEscalationPrompt: Schema.Boolean })
export type FollowUpPrompt = typeof FollowUpPrompt.Type

/** Instructions that can be assigned; `temperature` from 0 to 1. */
export const CustomPrompt = Schema.Struct({ ...titled, instructions: Schema.String, temperature: Schema.Finite })
export type CustomPrompt = typeof CustomPrompt.Type

/** A character that can be assigned. */
export const Persona = Schema.Struct({ ...titled, instructions: Schema.String })
export type Persona = typeof Persona.Type

/** What a chatbot has beside its agent. An agent that nobody has dressed up is a chatbot all the same: an empty one. */
export const ChatbotContent = Schema.Struct({
  description: Schema.String,
  settings: ChatbotSettings,
  quickPrompts: Schema.Array(QuickPrompt),
  followUpPrompts: Schema.Array(FollowUpPrompt),
  prompts: Schema.Array(CustomPrompt),
  personas: Schema.Array(Persona),
  /** What was added to it and to nothing else; absent while nothing was. */
  knowledgeBaseId: Schema.optionalKey(KnowledgeBaseId)
})
export type ChatbotContent = typeof ChatbotContent.Type

/** An agent as visitors of a website meet it. `title` is the agent's name. */
export const Chatbot = Schema.Struct({ id: AgentId, title: Schema.String, ...ChatbotContent.fields })
export type Chatbot = typeof Chatbot.Type

/** A chatbot as a change leaves it. */
export type ChangedChatbot = Chatbot & {
  /** What its webhook is to be sent as its token: stored, and never read back. Null for none; absent for the one before. */
  readonly webhookToken?: string | null
  /** What the change sets, if only to what it was: its agent may have been told otherwise since. */
  readonly named?: ReadonlyArray<keyof ChatbotSettings | keyof CustomPrompt>
}

export const emptyChatbot: ChatbotContent = {
  description: "",
  settings: {},
  quickPrompts: [],
  followUpPrompts: [],
  prompts: [],
  personas: []
}

/** The chatbot does not exist in this workspace. */
export class ChatbotNotFound extends Schema.TaggedError<ChatbotNotFound>()("ChatbotNotFound", { chatbotId: AgentId }) {
  override get message(): string {
    return `chatbot ${this.chatbotId} does not exist`
  }
}
