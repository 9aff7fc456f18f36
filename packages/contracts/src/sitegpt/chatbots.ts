import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { between, whole } from "../fields/numbers.ts"
import { text } from "../fields/text.ts"
import { optional } from "../fields/unset.ts"
import { ChatbotParams, link, PageQuery } from "./fields.ts"

const name = text(1, 128)

export const NewChatbot = Schema.Struct({ chatbotName: name }).annotate({ identifier: "NewChatbot" })
export const decodeNewChatbot = decoder(NewChatbot)

export const decodeChatbotParams = decoder(ChatbotParams)
export const decodePageQuery = decoder(PageQuery)

const PASSED_ON = { description: "Passed on to the widget as it is." }
const words = optional(text(0, 1000), PASSED_ON)
const flag = optional(Schema.Boolean, PASSED_ON)
const pixels = optional(whole(0, 10_000), PASSED_ON)
const color = optional(text(0, 64), PASSED_ON)
const place = optional(link, PASSED_ON)
const opening = optional(Schema.Literals(["ALWAYS_OPEN_WITH_DELAY", "AUTO_OPEN_WITH_DELAY", "DONT_OPEN"]), PASSED_ON)
const delay = optional(between(0, 3_600_000), {
  description: "Passed on to the widget as it is. (The name is inferred: the vendor's documentation cuts it off.)"
})

/** How the widget looks. */
export const AppearanceChange = Schema.Struct({
  title: optional(name, { description: "The chatbot's name, which is its agent's." }),
  welcomeMessage: words,
  placeholderText: words,
  tooltip: optional(text(0, 1000), { description: "Passed on to the widget as it is. (Inferred.)" }),
  brandColor: color,
  brandTextColor: color,
  fontSize: pixels,
  height: optional(between(0, 100_000), PASSED_ON),
  learnMore: words,
  ctaText: words,
  ctaLink: place,
  watermarkText: words,
  watermarkLink: place,
  autoOpenChatWindowInDesktop: opening,
  autoOpenChatWindowDelayInDesktop: delay,
  autoOpenChatWindowInMobile: opening,
  autoOpenChatWindowDelayInMobile: delay,
  hideWatermark: flag,
  hideSources: optional(Schema.Boolean, {
    description: "Passed on to the widget, and messages come without `sources`."
  }),
  hideTooltip: flag,
  hideFeedbackButtons: flag,
  rtl: flag,
  distanceFromBottom: pixels,
  horizontalDistance: pixels,
  iconSize: optional(Schema.Literals(["SMALL", "MEDIUM", "LARGE", "XL", "2XL", "3XL", "4XL", "5XL"]), PASSED_ON),
  iconPosition: optional(Schema.Literals(["LEFT", "RIGHT"]), PASSED_ON)
}).annotate({ identifier: "AppearanceChange" })
export type AppearanceChange = typeof AppearanceChange.Type
export const decodeAppearanceChange = decoder(AppearanceChange)
