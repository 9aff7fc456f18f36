import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { email } from "../fields/email.ts"
import { brandId, whitelabelUserId } from "../fields/ids.ts"
import { whole } from "../fields/numbers.ts"
import { optional } from "../fields/unset.ts"
import { queryFlag } from "./fields.ts"

const MAX_QUOTA = 2_147_483_647
export const quota = whole(0, MAX_QUOTA)

const CHATBOTS = "All that the list of chatbots shows; 0 is none, here and below."
const LINKS = "Pages of the web: each link that is added, and each page that is found from it."
const FILES = "Sources that are no links."
const MESSAGES = "Messages of visitors in a calendar month of UTC, on all faces together."
const MEMBERS = "Kept and shown: a workspace has no members."

/** How much a user may have of each. */
export const quotas = {
  chatbotsQuota: quota.annotate({ description: CHATBOTS }),
  linksQuota: quota.annotate({ description: LINKS }),
  filesQuota: quota.annotate({ description: FILES }),
  combinedMessagesQuota: quota.annotate({ description: MESSAGES }),
  membersQuota: quota.annotate({ description: MEMBERS })
}

const KEPT = "Kept and shown: there is no such integration."

/** What can be switched off for a user. */
const featureNotes = {
  watermark: "`false`: its chatbots are shown with `hideWatermark`, whatever their own settings say. (Inferred.)",
  api: "`false`: its keys are answered 403 `FEATURE_DISABLED`.",
  webhooks: "`false`: nothing is sent to its webhooks; what would have been is not sent later.",
  functions: "`false`: its agents' models are offered no tools of MCP servers.",
  integrations: KEPT,
  googleChatIntegration: KEPT,
  messengerChatIntegration: KEPT,
  crispChatIntegration: KEPT,
  slackChatIntegration: KEPT,
  zendeskChatIntegration: KEPT
} as const

const flag = (description: string) => Schema.Boolean.annotate({ description })
const change = (description: string) => optional(Schema.Boolean, { description })

export const WhitelabelFeatures = Schema.Struct({
  watermark: flag(featureNotes.watermark),
  api: flag(featureNotes.api),
  webhooks: flag(featureNotes.webhooks),
  functions: flag(featureNotes.functions),
  integrations: flag(KEPT),
  googleChatIntegration: flag(KEPT),
  messengerChatIntegration: flag(KEPT),
  crispChatIntegration: flag(KEPT),
  slackChatIntegration: flag(KEPT),
  zendeskChatIntegration: flag(KEPT)
}).annotate({ identifier: "WhitelabelFeatures", description: "What is on for a user; all of it for a new one." })

const FeaturesChange = Schema.Struct({
  watermark: change(featureNotes.watermark),
  api: change(featureNotes.api),
  webhooks: change(featureNotes.webhooks),
  functions: change(featureNotes.functions),
  integrations: change(KEPT),
  googleChatIntegration: change(KEPT),
  messengerChatIntegration: change(KEPT),
  crispChatIntegration: change(KEPT),
  slackChatIntegration: change(KEPT),
  zendeskChatIntegration: change(KEPT)
})

export const WhitelabelBrandResource = Schema.Struct({
  id: Schema.String,
  name: Schema.String,
  domain: Schema.String,
  marketingDomain: Schema.String,
  supportEmail: Schema.String,
  color: Schema.String,
  createdAt: Schema.String,
  updatedAt: Schema.String,
  metaDetails: Schema.Struct({ title: Schema.String, description: Schema.String, ogImage: Schema.String }),
  terms: Schema.String,
  privacyPolicy: Schema.String,
  ownedById: Schema.String.annotate({ description: "The reseller's workspace." }),
  logo: Schema.String,
  fullLogo: Schema.String,
  emailSettings: Schema.Struct({
    resendApiKey: Schema.String.annotate({
      description: "Its last four characters behind `****`, empty where there is none: it is never shown."
    }),
    fromName: Schema.String,
    fromEmail: Schema.String,
    replyToEmail: Schema.String
  }),
  defaultQuota: Schema.Struct(quotas)
}).annotate({ identifier: "WhitelabelBrand", description: "A reseller's brand; what is not set is empty." })
export type WhitelabelBrandResource = typeof WhitelabelBrandResource.Type

export const WhitelabelUserResource = Schema.Struct({
  id: Schema.String,
  brandId: Schema.String,
  email: Schema.String,
  name: Schema.String.annotate({ description: "Empty: users have none here." }),
  profilePic: Schema.String.annotate({ description: "Empty: users have none here." }),
  ...quotas,
  apiKey: Schema.optionalKey(
    Schema.NullOr(Schema.String).annotate({
      description:
        "With `includeApiKey`: the key that was generated last. Null where none was, it has been revoked, or the server has no `BUTLER_ENCRYPTION_KEY` to keep its text with."
    })
  ),
  features: Schema.optionalKey(WhitelabelFeatures),
  createdAt: Schema.String,
  updatedAt: Schema.String
}).annotate({ identifier: "WhitelabelUser", description: "A user of a brand: a workspace of its own." })
export type WhitelabelUserResource = typeof WhitelabelUserResource.Type

export const NewWhitelabelUser = Schema.Struct({ email, ...quotas }).annotate({ identifier: "NewWhitelabelUser" })
export const decodeNewWhitelabelUser = decoder(NewWhitelabelUser)

export const WhitelabelUserChange = Schema.Struct({
  chatbotsQuota: optional(quota, { description: CHATBOTS }),
  linksQuota: optional(quota, { description: LINKS }),
  filesQuota: optional(quota, { description: FILES }),
  combinedMessagesQuota: optional(quota, { description: MESSAGES }),
  membersQuota: optional(quota, { description: MEMBERS }),
  features: optional(FeaturesChange, { description: "What is not named stays; what is not known is ignored." })
}).annotate({ identifier: "WhitelabelUserChange" })
export type WhitelabelUserChange = typeof WhitelabelUserChange.Type
export const decodeWhitelabelUserChange = decoder(WhitelabelUserChange)

export const WhitelabelBrandParams = Schema.Struct({ brandId })
export const decodeWhitelabelBrandParams = decoder(WhitelabelBrandParams)

export const WhitelabelUserParams = Schema.Struct({ brandId, userId: whitelabelUserId })
export const decodeWhitelabelUserParams = decoder(WhitelabelUserParams)

export const WhitelabelUserQuery = Schema.Struct({
  includeApiKey: queryFlag("`true` shows the key that was generated last."),
  includeFeatures: queryFlag("`true` shows what is on.")
})
export const decodeWhitelabelUserQuery = decoder(WhitelabelUserQuery)
