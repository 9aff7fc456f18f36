import { Schema } from "effect"
import {
  ChatbotResource,
  FollowUpPromptResource,
  PersonaResource,
  PromptResource,
  QuickPromptResource
} from "./ChatbotResource.ts"
import { sentMessage } from "./messages.ts"
import { nothing, reply } from "./envelope.ts"
import { thread, ThreadSummaryResource } from "./threads.ts"
import { WhitelabelBrandResource, WhitelabelUserResource } from "./whitelabel.ts"

const chatbot = Schema.Struct({ chatbot: ChatbotResource })
const prompts = Schema.Struct({ prompts: Schema.Array(PromptResource) })
const prompt = Schema.Struct({ prompt: PromptResource })
const persona = Schema.Struct({ persona: PersonaResource })
const quickPrompts = Schema.Struct({ prompts: Schema.Array(QuickPromptResource) })

const whitelabelUser = Schema.Struct({ whitelabelUser: WhitelabelUserResource })

/** What each call answers, its words among it, by the name of its operation. */
export const sitegptReplies = {
  fetchChatbots: reply(
    "Fetched all the chatbots successfully",
    Schema.Struct({ chatbots: Schema.Array(ChatbotResource) })
  ),
  fetchChatbot: reply("Fetched the chatbot successfully", chatbot),
  createChatbot: reply("Created the chatbot successfully", chatbot),
  deleteChatbot: reply("Deleted the chatbot successfully", Schema.Null),
  updateAppearance: reply("Updated the chatbot appearance successfully", nothing),

  fetchFollowUpPrompts: reply(
    "Fetched follow-up prompts of the chatbot successfully",
    Schema.Struct({ followUpPrompts: Schema.Array(FollowUpPromptResource) })
  ),
  addFollowUpPrompt: reply("Added follow-up prompt to the chatbot successfully", nothing),
  fetchFollowUpPrompt: reply("Fetched follow-up prompt of the chatbot successfully", FollowUpPromptResource),
  updateFollowUpPrompt: reply("Updated follow-up prompt of the chatbot successfully", nothing),
  deleteFollowUpPrompt: reply("Deleted follow-up prompt of the chatbot successfully", Schema.Null),

  fetchQuickPrompts: reply("Fetched quick prompts of the chatbot successfully", quickPrompts),
  addQuickPrompt: reply("Added quick prompt to the chatbot successfully", nothing),
  fetchQuickPrompt: reply("Fetched quick prompt of the chatbot successfully", QuickPromptResource),
  updateQuickPrompt: reply("Updated quick prompt of the chatbot successfully", nothing),
  deleteQuickPrompt: reply("Deleted quick prompt of the chatbot successfully", Schema.Null),

  fetchConversationStarters: reply("Fetched conversation starters of the chatbot successfully", quickPrompts),
  addConversationStarter: reply("Added conversation starter to the chatbot successfully", nothing),
  fetchConversationStarter: reply("Fetched conversation starter of the chatbot successfully", QuickPromptResource),
  updateConversationStarter: reply("Updated conversation starter of the chatbot successfully", nothing),
  deleteConversationStarter: reply("Deleted conversation starter of the chatbot successfully", Schema.Null),

  fetchPrompts: reply("Fetched all the custom prompts of the chatbot successfully", prompts),
  addPrompt: reply("Added a custom prompt to the chatbot successfully", prompt),
  fetchPrompt: reply("Fetched the custom prompt of the chatbot successfully", prompt),
  updatePrompt: reply("Updated custom prompt of the chatbot successfully", prompt),
  deletePrompt: reply("Deleted custom prompt of the chatbot successfully", Schema.Null),
  assignPrompt: reply("Assigned prompt to the chatbot successfully", Schema.Null),

  fetchPersonas: reply(
    "Fetched all the custom personas of the chatbot successfully",
    Schema.Struct({ personas: Schema.Array(PersonaResource) })
  ),
  addPersona: reply("Added a custom persona to the chatbot successfully", persona),
  fetchPersona: reply("Fetched the custom persona of the chatbot successfully", persona),
  updatePersona: reply("Updated custom persona of the chatbot successfully", persona),
  deletePersona: reply("Deleted custom persona of the chatbot successfully", Schema.Null),
  assignPersona: reply("Assigned persona to the chatbot successfully", Schema.Null),

  updateIcon: reply("Updated the chatbot icon successfully", Schema.Null),
  deleteIcon: reply("Deleted the chatbot icon successfully", Schema.Null),

  modifyCustomContent: reply("Modified custom content of the chatbot successfully", nothing),
  fetchLinks: reply(
    "Fetched all the links successfully",
    Schema.Struct({
      links: Schema.Array(Schema.Struct({ url: Schema.String, urlType: Schema.Literal("WEB") }))
    })
  ),
  addLinks: reply("Added links to the chatbot successfully", nothing),
  addContent: reply(
    "Added content to the chatbot successfully",
    Schema.Struct({ ingestJobId: Schema.String, documentsQueued: Schema.Int })
  ),

  sendMessage: reply("Sent the message successfully", sentMessage),
  updateMessage: reply("Updated the message successfully", Schema.Null),

  fetchThreads: reply(
    "Fetched the chatbot threads successfully",
    Schema.Struct({ threads: Schema.Array(ThreadSummaryResource) })
  ),
  fetchThread: reply("Fetched the thread successfully", thread),
  createThread: reply("Created the chatbot thread successfully", thread),
  updateThread: reply("Updated the chatbot thread successfully", Schema.Null),
  escalateThread: reply("Escalated the conversation successfully", Schema.Null),

  fetchWhitelabelBrands: reply(
    "Fetched the whitelabel brands successfully",
    Schema.Struct({ brands: Schema.Array(WhitelabelBrandResource) })
  ),
  fetchWhitelabelBrand: reply(
    "Fetched the whitelabel brand successfully",
    Schema.Struct({ brand: WhitelabelBrandResource })
  ),
  addWhitelabelUser: reply("Added new whitelabel user of your brand successfully", whitelabelUser),
  fetchWhitelabelUser: reply("Fetched the whitelabel user successfully", whitelabelUser),
  updateWhitelabelUser: reply("Updated the whitelabel user of the brand successfully", whitelabelUser),
  generateWhitelabelUserApiKey: reply(
    "Generated API key of the whitelabel user successfully",
    Schema.Struct({ userId: Schema.String, userEmail: Schema.String, apiKey: Schema.String })
  ),

  updateAdvancedSettings: reply("Updated advanced settings of the chatbot successfully", nothing),
  updateChatModeSettings: reply("Updated chat mode settings of the chatbot successfully", nothing),
  updateGeneralSettings: reply("Updated general settings of the chatbot successfully", nothing),
  updateLocalizationSettings: reply("Updated localization settings of the chatbot successfully", nothing),
  updateUserDataSettings: reply("Updated user-data settings of the chatbot successfully", nothing)
} as const

export type SitegptOperation = keyof typeof sitegptReplies

/** Of what a call answers, what is its own. */
export type SitegptData<Operation extends SitegptOperation> = (typeof sitegptReplies)[Operation]["Type"]["data"]

/** A success in its envelope. */
export interface SitegptReply<Operation extends SitegptOperation> {
  readonly success: true
  readonly message: string
  readonly data: SitegptData<Operation>
}

export const sitegptReply = <Operation extends SitegptOperation>(
  operation: Operation,
  data: SitegptData<Operation>
): SitegptReply<Operation> => ({ success: true, message: sitegptReplies[operation].fields.message.literal, data })
