import { ChatbotEvent, DisabledReason, EndpointPayload, PayloadStyle, WebhookEvent } from "@butler/domain"
import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { agentId, dialogId, webhookEndpointId } from "../fields/ids.ts"
import { IsoTime } from "../fields/isoTime.ts"
import { whole } from "../fields/numbers.ts"
import { page } from "../fields/page.ts"
import { text } from "../fields/text.ts"
import { optional, orElse } from "../fields/unset.ts"
import { webUrl } from "../fields/webUrl.ts"

const DEFAULT_TIMEOUT_SECONDS = 15

const notes = {
  chatbotId:
    "The chatbot whose `webhookUrl` it is; null for the workspace's own. Such an endpoint is made and ended by the SiteGPT settings, and its URL, events and payload cannot be changed here.",
  threadId: "The thread whose `webhookUrl` it is; null for all threads that have none of their own.",
  url: "Where the events are posted. It must lead to the public internet; redirects are not followed.",
  events: "What is subscribed to.",
  payload:
    "`example`: literally the contract's example (`senderType` as a number, ids as `{id}`). `dto`: the form its comments describe (`senderType` as a word, ids as strings).",
  headers: "Sent beside ours, which they cannot replace; at most 20.",
  ordered:
    "True: within a dialog one event is sent after the other, and a failing one holds back those behind it until it is delivered or dead; other dialogs never wait. False: no order.",
  ratePerMinute: "At most so many attempts a minute; null for as many as there are.",
  timeoutSeconds: "One deadline over name look-up, connecting, TLS, headers and body.",
  enabled:
    "While false nothing is sent; what happens then is recorded, can be pulled and replayed, and is not sent by itself.",
  secret: "A signing secret of your own: `whsec_` and base64 of 24 to 64 bytes. Without it one is made."
}

const events = Schema.Array(WebhookEvent).check(
  Schema.makeFilter(
    (given: ReadonlyArray<WebhookEvent>) => {
      if (given.length === 0) return "must name at least one event"
      return new Set(given).size === given.length ? undefined : "must not name an event twice"
    },
    { toJsonSchema: () => ({ minItems: 1, uniqueItems: true }) }
  )
)

const url = webUrl(2048)
const headers = Schema.Record(Schema.String, Schema.String)
const ratePerMinute = whole(1, 60_000)
const timeoutSeconds = whole(1, 30)

const fields = {
  id: Schema.String,
  chatbotId: Schema.NullOr(Schema.String).annotate({ description: notes.chatbotId }),
  threadId: Schema.NullOr(Schema.String).annotate({ description: notes.threadId }),
  url: Schema.String,
  events: Schema.Array(Schema.Union([WebhookEvent, ChatbotEvent])),
  payload: EndpointPayload.annotate({
    description: `${notes.payload} \`sitegpt\`: the events of a chatbot's own webhook.`
  }),
  headers: headers.annotate({ description: notes.headers }),
  ordered: Schema.Boolean.annotate({ description: notes.ordered }),
  ratePerMinute: Schema.NullOr(Schema.Int).annotate({ description: notes.ratePerMinute }),
  timeoutSeconds: Schema.Finite.annotate({ description: notes.timeoutSeconds }),
  enabled: Schema.Boolean.annotate({ description: notes.enabled }),
  disabledReason: Schema.NullOr(DisabledReason).annotate({
    description:
      "`manual`: by its owner. `gone`: the receiver answered 410. `failing`: nothing but failures for five days."
  }),
  failingSince: Schema.NullOr(IsoTime).annotate({ description: "Since when there has been nothing but failures." }),
  warning: Schema.NullOr(Schema.Literals(["failing_24h", "failing_72h"])).annotate({
    description: "Nothing but failures for 24 or 72 hours; after five days the endpoint is disabled."
  }),
  slowedUntil: Schema.NullOr(IsoTime).annotate({
    description: "Until when nothing is sent, since the receiver answered 429, 502, 503 or 504 or cannot be reached."
  }),
  createdAt: IsoTime,
  updatedAt: IsoTime
}

export const WebhookEndpointResource = Schema.Struct(fields).annotate({
  identifier: "WebhookEndpoint",
  description: "Where events are sent."
})
export type WebhookEndpointResource = typeof WebhookEndpointResource.Type

/** An endpoint as its creation answers it: with its secret, this once. */
export const CreatedWebhookEndpoint = Schema.Struct({
  ...fields,
  secret: Schema.String.annotate({ description: "Verify signatures with it. Shown this once." })
}).annotate({ identifier: "CreatedWebhookEndpoint", description: "A new endpoint with its signing secret." })
export type CreatedWebhookEndpoint = typeof CreatedWebhookEndpoint.Type

export const WebhookEndpointList = page("WebhookEndpointList", WebhookEndpointResource)
export type WebhookEndpointList = typeof WebhookEndpointList.Type

const secret = text(1, 128, { format: "password" })

export const NewWebhookEndpointRequest = Schema.Struct({
  url: url.annotate({ description: notes.url }),
  events: orElse(events, ["BUTLER_MESSAGE_CREATED"], { description: notes.events }),
  payload: orElse(PayloadStyle, "example", { description: notes.payload }),
  headers: orElse(headers, {}, { description: notes.headers }),
  ordered: orElse(Schema.Boolean, true, { description: notes.ordered }),
  ratePerMinute: optional(ratePerMinute, { description: notes.ratePerMinute }),
  timeoutSeconds: orElse(timeoutSeconds, DEFAULT_TIMEOUT_SECONDS, { description: notes.timeoutSeconds }),
  enabled: orElse(Schema.Boolean, true, { description: notes.enabled }),
  secret: optional(secret, { description: notes.secret })
}).annotate({ identifier: "NewWebhookEndpoint" })
export type NewWebhookEndpointRequest = typeof NewWebhookEndpointRequest.Type
export const decodeNewWebhookEndpoint = decoder(NewWebhookEndpointRequest)

/** A change: what is not sent stays. */
export const WebhookEndpointChange = Schema.Struct({
  url: optional(url, { description: notes.url }),
  events: optional(events, { description: notes.events }),
  payload: optional(PayloadStyle, { description: notes.payload }),
  headers: optional(headers, { description: `${notes.headers} All at once.` }),
  ordered: optional(Schema.Boolean, { description: notes.ordered }),
  ratePerMinute: Schema.optionalKey(Schema.NullOr(ratePerMinute).annotate({ description: notes.ratePerMinute })),
  timeoutSeconds: optional(timeoutSeconds, { description: notes.timeoutSeconds }),
  enabled: optional(Schema.Boolean, { description: notes.enabled })
}).annotate({ identifier: "WebhookEndpointChange" })
export type WebhookEndpointChange = typeof WebhookEndpointChange.Type
export const decodeWebhookEndpointChange = decoder(WebhookEndpointChange)

export const WebhookEndpointListQuery = Schema.Struct({
  chatbotId: optional(agentId, { description: "Instead of the workspace's own: that of this chatbot, if it has one." }),
  threadId: optional(dialogId, { description: "With `chatbotId`: and that of this thread of it, if it has one." })
})
export type WebhookEndpointListQuery = typeof WebhookEndpointListQuery.Type
export const decodeWebhookEndpointListQuery = decoder(WebhookEndpointListQuery)

export const WebhookEndpointParams = Schema.Struct({ endpointId: webhookEndpointId })
export const decodeWebhookEndpointParams = decoder(WebhookEndpointParams)
