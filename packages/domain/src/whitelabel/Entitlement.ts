import { Context, type Effect, type Option, Schema } from "effect"
import type { AgentId, WorkspaceId } from "../ids/brands.ts"
import type { WhitelabelUserId } from "./WhitelabelUser.ts"

/** How much a workspace may have of each; 0 is none. */
export const Quotas = Schema.Struct({
  /** All that `Chatbots.list` shows. */
  chatbotsQuota: Schema.Int,
  /** Pages of the web that are read, or are to be. */
  linksQuota: Schema.Int,
  /** Sources that are no pages of the web. */
  filesQuota: Schema.Int,
  /** Messages of contacts in a month of UTC. */
  combinedMessagesQuota: Schema.Int,
  /** Kept and shown: a workspace has no members. */
  membersQuota: Schema.Int
})
export type Quotas = typeof Quotas.Type

/** What can be switched off for a workspace. */
export const Features = Schema.Struct({
  /** Off: its chatbots show no watermark, whatever their own settings say. */
  watermark: Schema.Boolean,
  /** Off: its keys open nothing. */
  api: Schema.Boolean,
  /** Off: nothing is sent to endpoints or callbacks. */
  webhooks: Schema.Boolean,
  /** Off: its agents' models are offered no tools of servers. */
  functions: Schema.Boolean,
  /** These are kept and shown: there are no integrations. */
  integrations: Schema.Boolean,
  googleChatIntegration: Schema.Boolean,
  messengerChatIntegration: Schema.Boolean,
  crispChatIntegration: Schema.Boolean,
  slackChatIntegration: Schema.Boolean,
  zendeskChatIntegration: Schema.Boolean
})
export type Features = typeof Features.Type
export type Feature = keyof Features

export const ALL_FEATURES: Features = {
  watermark: true,
  api: true,
  webhooks: true,
  functions: true,
  integrations: true,
  googleChatIntegration: true,
  messengerChatIntegration: true,
  crispChatIntegration: true,
  slackChatIntegration: true,
  zendeskChatIntegration: true
}

/** What a white-label user's workspace may have and do. Any other workspace has none, and may all. */
export interface Entitlement {
  readonly quotas: Quotas
  readonly features: Features
  /** Whose workspace it is. */
  readonly userId: WhitelabelUserId
  readonly email: string
  /** The agent that the workspace was made with. It is none of the chatbots that are listed and counted. */
  readonly initialAgentId: AgentId
}

/** What workspaces are entitled to, for those who have to know beside the stores that hold them to it. */
export class Entitlements extends Context.Service<
  Entitlements,
  { readonly find: (workspaceId: WorkspaceId) => Effect.Effect<Option.Option<Entitlement>> }
>()("@butler/domain/Entitlements") {}

/** There are as many chatbots as there may be. */
export class ChatbotLimitReached extends Schema.TaggedError<ChatbotLimitReached>()("ChatbotLimitReached", {
  quota: Schema.Int
}) {
  override get message(): string {
    return `the workspace may have ${this.quota} chatbots, and has them`
  }
}

/** More pages of the web would be read than may be. */
export class LinksLimitReached extends Schema.TaggedError<LinksLimitReached>()("LinksLimitReached", {
  quota: Schema.Int,
  used: Schema.Int
}) {
  override get message(): string {
    return `the workspace may have ${this.quota} links, and has ${this.used}`
  }
}

/** There are as many files as there may be. */
export class FilesLimitReached extends Schema.TaggedError<FilesLimitReached>()("FilesLimitReached", {
  quota: Schema.Int
}) {
  override get message(): string {
    return `the workspace may have ${this.quota} files, and has them`
  }
}

/** As many messages of contacts came this month as may. */
export class MessagesLimitReached extends Schema.TaggedError<MessagesLimitReached>()("MessagesLimitReached", {}) {
  override get message(): string {
    return "the workspace's messages of this month are used up; the next month of UTC has its own"
  }
}
