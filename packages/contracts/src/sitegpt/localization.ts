import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { text } from "../fields/text.ts"
import { optional } from "../fields/unset.ts"

const group = <const Keys extends ReadonlyArray<string>>(keys: Keys, description: string) =>
  optional(Schema.Record(Schema.Literals(keys), Schema.optionalKey(text(0, 500))), { description })

/** The widget's words. A group that is sent need not be whole: what it does not hold stays. */
export const LocalizationChange = Schema.Struct({
  chatHome: group(["home", "addDetails", "startConversation", "starting"], "Of the first page."),
  chatMessages: group(
    [
      "messages",
      "noMessages",
      "loginToSeeHistory",
      "historyShowsUpHere",
      "verifyEmail",
      "startConversation",
      "starting"
    ],
    "Of the list of conversations."
  ),
  chatMessage: group(
    [
      "botName",
      "yourName",
      "agentName",
      "escalationHeading",
      "escalationSubHeading",
      "yesContinue",
      "cancel",
      "conversationEscalated"
    ],
    "Of a conversation."
  ),
  chatAccount: group(
    [
      "account",
      "verifyEmail",
      "loginToSeeHistory",
      "emailLabel",
      "nameLabel",
      "phoneLabel",
      "sendingOtp",
      "verifyOtp",
      "sentOtpToEmail",
      "otp",
      "verifyAndContinue",
      "notReceivedOtpYet",
      "resend",
      "editDetails",
      "resetting",
      "verifying",
      "logout",
      "loggingOut",
      "verified",
      "edit",
      "update",
      "updating"
    ],
    "Of the visitor's account."
  )
}).annotate({ identifier: "LocalizationChange" })
export type LocalizationChange = typeof LocalizationChange.Type
export const decodeLocalizationChange = decoder(LocalizationChange)
