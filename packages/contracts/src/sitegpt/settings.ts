import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { whole } from "../fields/numbers.ts"
import { pattern } from "../fields/pattern.ts"
import { text } from "../fields/text.ts"
import { changeable, optional } from "../fields/unset.ts"
import { webUrl } from "../fields/webUrl.ts"
import { temperature } from "./fields.ts"
import { metadata } from "./metadata.ts"

const instructions = text(0, 16_000)

/** What an HTTP header can carry; empty takes a token away. */
export const webhookToken = pattern(/^[\x21-\x7e]*$/, 1024, "printable ASCII without spaces", { format: "password" })

/** Empty takes the address away. */
export const webhookUrl = Schema.Union([webUrl(2048), Schema.Literal("")])

export const AdvancedSettings = Schema.Struct({
  creativity: optional(Schema.Literals(["restricted", "conservative", "creative", "custom"]), {
    description: "How freely a model chooses its words; `custom` leaves it to `temperature`."
  }),
  temperature: optional(temperature, { description: "From 0 to 1; used with `custom`." }),
  topK: optional(whole(1, 20), { description: "How many passages of the knowledge a model is told." }),
  webhookUrl: changeable(
    webhookUrl,
    "Where messages are told of, in threads that have no address of their own. Empty or null takes it away."
  ),
  webhookToken: changeable(
    webhookToken,
    "Sent as `X-WEBHOOK-TOKEN`, in threads that have no token of their own. Empty or null takes it away."
  )
}).annotate({ identifier: "AdvancedSettings" })
export type AdvancedSettings = typeof AdvancedSettings.Type
export const decodeAdvancedSettings = decoder(AdvancedSettings)

export const ChatModeSettings = Schema.Struct({
  chatMode: optional(Schema.Literals(["AI", "AGENT"]), {
    description: "`AGENT` stops the agent's answers in all threads, whatever their own mode."
  })
}).annotate({ identifier: "ChatModeSettings" })
export const decodeChatModeSettings = decoder(ChatModeSettings)

export const GeneralSettings = Schema.Struct({
  chatbotDescription: optional(text(0, 2000), { description: "What the chatbot is for." }),
  systemPrompt: optional(instructions, { description: "Who the agent is, unless a persona is assigned." }),
  userPrompt: optional(instructions, { description: "What it is to do, unless a prompt is assigned." }),
  disableSmartFollowUpPrompts: optional(Schema.Boolean, { description: "Answers come without `smartPrompts`." }),
  smartFollowUpPromptsCount: optional(whole(1, 5), {
    description: "How many `smartPrompts` an answer has; 3 unless set."
  }),
  disableLeadNotifications: optional(Schema.Boolean, { description: "No webhook tells of new leads." }),
  historyCount: optional(whole(1, 5), {
    description: "How many of the earlier questions, with their answers, a model is told."
  }),
  gptModel: optional(Schema.Literals(["gpt-3.5-turbo", "gpt-4"]), {
    description:
      "Shown with messages, and chooses nothing: which model answers, and what it costs, is decided with the agent, through the native API."
  }),
  extraData: optional(instructions, { description: "What else the agent is told." }),
  metadata: optional(metadata, { description: "Kept and shown." })
}).annotate({ identifier: "GeneralSettings" })
export type GeneralSettings = typeof GeneralSettings.Type
export const decodeGeneralSettings = decoder(GeneralSettings)

export const UserDataSettings = Schema.Struct({
  collectUserDetails: optional(Schema.Literals(["MANDATORY", "OPTIONAL", "DO_NOT_COLLECT"]), {
    description:
      "Whether visitors are asked who they are: `MANDATORY` before anything is answered, `OPTIONAL` once, behind an answer. A model asks, at least for an e-mail address, and what it is told is kept with the contact. Without a model nobody is asked, since a question is answered then with what was asked for or not at all; what visitors tell of themselves is kept all the same."
  }),
  collectName: optional(Schema.Boolean, { description: "Whether they are asked for a name." }),
  collectPhone: optional(Schema.Boolean, { description: "Whether they are asked for a telephone number." })
}).annotate({ identifier: "UserDataSettings" })
export const decodeUserDataSettings = decoder(UserDataSettings)
