import { Schema } from "effect"

/** Who replies in a chatbot's threads: its agent, or people. */
export const ChatMode = Schema.Literals(["AI", "AGENT"])
export type ChatMode = typeof ChatMode.Type

/** How freely a model chooses its words; `custom` leaves it to `temperature`. */
export const Creativity = Schema.Literals(["restricted", "conservative", "creative", "custom"])
export type Creativity = typeof Creativity.Type

/** What messages are said to come from while nobody has chosen. */
export const DEFAULT_GPT_MODEL = "gpt-3.5-turbo"

/** The pictures a chatbot shows. */
export const IconType = Schema.Literals(["BOT", "PERSON", "AGENT", "WATERMARK", "CHAT_BUBBLE"])
export type IconType = typeof IconType.Type

/** Where the settings have the id of each picture. */
export const ICON_SETTINGS = {
  BOT: "iconSrcId",
  PERSON: "personIconSrcId",
  AGENT: "agentIconSrcId",
  WATERMARK: "watermarkIconSrcId",
  CHAT_BUBBLE: "bubbleIconSrcId"
} as const satisfies Record<IconType, string>

const text = Schema.optionalKey(Schema.String)
const flag = Schema.optionalKey(Schema.Boolean)
const number = Schema.optionalKey(Schema.Finite)
const words = Schema.optionalKey(Schema.Record(Schema.String, Schema.String))
const opening = Schema.optionalKey(Schema.Literals(["ALWAYS_OPEN_WITH_DELAY", "AUTO_OPEN_WITH_DELAY", "DONT_OPEN"]))

/** How a widget looks; all of it is passed on as it was given. */
export const ChatbotAppearance = Schema.Struct({
  tooltip: text,
  welcomeMessage: text,
  placeholderText: text,
  brandColor: text,
  brandTextColor: text,
  fontSize: number,
  height: number,
  ctaText: text,
  ctaLink: text,
  watermarkText: text,
  watermarkLink: text,
  autoOpenChatWindowInDesktop: opening,
  autoOpenChatWindowDelayInDesktop: number,
  autoOpenChatWindowInMobile: opening,
  autoOpenChatWindowDelayInMobile: number,
  hideWatermark: flag,
  hideSources: flag,
  hideTooltip: flag,
  hideFeedbackButtons: flag,
  rtl: flag,
  distanceFromBottom: number,
  horizontalDistance: number,
  iconSize: Schema.optionalKey(Schema.Literals(["SMALL", "MEDIUM", "LARGE", "XL", "2XL", "3XL", "4XL", "5XL"])),
  iconPosition: Schema.optionalKey(Schema.Literals(["LEFT", "RIGHT"]))
})
export type ChatbotAppearance = typeof ChatbotAppearance.Type

/** A widget's words in another language. */
export const ChatbotLocalization = Schema.Struct({
  learnMore: text,
  chatHome: words,
  chatMessages: words,
  chatMessage: words,
  chatAccount: words
})
export type ChatbotLocalization = typeof ChatbotLocalization.Type

/** What of a chatbot is set; all else is left to the defaults. */
export const ChatbotSettings = Schema.Struct({
  ...ChatbotAppearance.fields,
  localization: Schema.optionalKey(ChatbotLocalization),
  mode: Schema.optionalKey(ChatMode),
  watermarkIconSrcId: text,
  iconSrcId: text,
  personIconSrcId: text,
  agentIconSrcId: text,
  bubbleIconSrcId: text,
  /** The prompt and the persona that were assigned. */
  promptId: text,
  personaId: text,
  systemPrompt: text,
  userPrompt: text,
  extraData: text,
  metadata: Schema.optionalKey(Schema.Record(Schema.String, Schema.Json)),
  gptModel: Schema.optionalKey(Schema.Literals(["gpt-3.5-turbo", "gpt-4"])),
  creativity: Schema.optionalKey(Creativity),
  temperature: number,
  topK: number,
  /** How many of the earlier questions, with their answers, are told to the model. */
  historyCount: number,
  disableSmartFollowUpPrompts: flag,
  smartFollowUpPromptsCount: number,
  disableLeadNotifications: flag,
  webhookUrl: text,
  collectUserDetails: Schema.optionalKey(Schema.Literals(["MANDATORY", "OPTIONAL", "DO_NOT_COLLECT"])),
  collectName: flag,
  collectPhone: flag
})
export type ChatbotSettings = typeof ChatbotSettings.Type
