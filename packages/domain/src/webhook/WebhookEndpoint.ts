import { Schema } from "effect"
import { AgentId, DialogId, WorkspaceId } from "../ids/brands.ts"
import { ChatbotEvent } from "./ThreadEvent.ts"

export const WebhookEndpointId = Schema.String.check(Schema.isPattern(/^wh_[1-9]\d{0,18}$/)).pipe(
  Schema.brand("WebhookEndpointId")
)
export type WebhookEndpointId = typeof WebhookEndpointId.Type

/** What can be subscribed to (contract section 4). */
export const WebhookEvent = Schema.Literal("BUTLER_MESSAGE_CREATED")
export type WebhookEvent = typeof WebhookEvent.Type

/** Literally the contract's example, or the form that its comments describe. */
export const PayloadStyle = Schema.Literals(["example", "dto"])
export type PayloadStyle = typeof PayloadStyle.Type

/** `sitegpt`: that of a chatbot's own webhook. */
export const EndpointPayload = Schema.Literals([...PayloadStyle.literals, "sitegpt"])
export type EndpointPayload = typeof EndpointPayload.Type

/** `gone`: the receiver answered 410. `failing`: nothing but failures for five days. */
export const DisabledReason = Schema.Literals(["manual", "gone", "failing"])
export type DisabledReason = typeof DisabledReason.Type

/** How long an endpoint may do nothing but fail before it is disabled, and when its operator is warned before. */
export const FAILING_MS = 5 * 24 * 3_600_000
export const WARNINGS_MS: ReadonlyArray<number> = [24 * 3_600_000, 72 * 3_600_000]

/** Where the events of a workspace are sent, or those of one chatbot. */
export const WebhookEndpoint = Schema.Struct({
  id: WebhookEndpointId,
  workspaceId: WorkspaceId,
  /** Whose settings made it, and decide about its URL and its end; null for the workspace's own. */
  chatbotId: Schema.NullOr(AgentId),
  /** The one thread it is for; null for all that have none of their own. */
  threadId: Schema.NullOr(DialogId),
  url: Schema.String,
  events: Schema.Array(Schema.Union([WebhookEvent, ChatbotEvent])),
  payload: EndpointPayload,
  /** Sent beside ours, which they never replace. */
  headers: Schema.Record(Schema.String, Schema.String),
  /** One after another within each dialog; else in no order. */
  ordered: Schema.Boolean,
  /** At most so many attempts a minute; null for as many as there are. */
  ratePerMinute: Schema.NullOr(Schema.Int),
  /** One deadline over all of an attempt. */
  timeoutMs: Schema.Int,
  enabled: Schema.Boolean,
  disabledReason: Schema.NullOr(DisabledReason),
  /** Since when there has been nothing but failures. */
  failingSince: Schema.NullOr(Schema.Date),
  /** Until when nothing is sent, because the receiver asked for it or cannot be reached. */
  slowedUntil: Schema.NullOr(Schema.Date),
  createdAt: Schema.Date,
  updatedAt: Schema.Date
})
export type WebhookEndpoint = typeof WebhookEndpoint.Type

/** What its owner decides about an endpoint. */
export type EndpointSettings = Pick<
  WebhookEndpoint,
  "url" | "events" | "payload" | "headers" | "ordered" | "ratePerMinute" | "timeoutMs" | "enabled"
>

/** The endpoint does not exist in this workspace. */
export class WebhookEndpointNotFound extends Schema.TaggedError<WebhookEndpointNotFound>()("WebhookEndpointNotFound", {
  endpointId: WebhookEndpointId
}) {
  override get message(): string {
    return `webhook endpoint ${this.endpointId} does not exist`
  }
}

/** It is a chatbot's, whose settings it follows. */
export class WebhookEndpointOfChatbot extends Schema.TaggedError<WebhookEndpointOfChatbot>()(
  "WebhookEndpointOfChatbot",
  { endpointId: WebhookEndpointId }
) {
  override get message(): string {
    return `webhook endpoint ${this.endpointId} follows the settings of its chatbot`
  }
}

/** Nothing is sent to a disabled endpoint. */
export class WebhookEndpointDisabled extends Schema.TaggedError<WebhookEndpointDisabled>()("WebhookEndpointDisabled", {
  endpointId: WebhookEndpointId
}) {
  override get message(): string {
    return `webhook endpoint ${this.endpointId} is disabled`
  }
}

/** The workspace has as many endpoints as it may have. */
export class TooManyEndpoints extends Schema.TaggedError<TooManyEndpoints>()("TooManyEndpoints", {
  limit: Schema.Int
}) {
  override get message(): string {
    return `a workspace has at most ${this.limit} webhook endpoints`
  }
}
