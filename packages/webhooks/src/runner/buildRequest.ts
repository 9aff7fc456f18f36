import type { CallbackTarget, DeliveryContent, EndpointTarget } from "@butler/domain"
import { callback } from "../payload/callback.ts"
import { eventBody } from "../payload/eventBody.ts"
import { chatbotHeaders, deliveryHeaders } from "../payload/headers.ts"
import type { SendRequest } from "../send/exchange.ts"
import { signatureHeaders } from "../signing/sign.ts"

export const DEFAULT_TIMEOUT_MS = 15_000

const bodyOf = (target: EndpointTarget | CallbackTarget, content: DeliveryContent): unknown => {
  if (target._tag === "Callback") return callback(content)
  const body = eventBody(content, target.payload)
  if (body === null) throw new Error(`delivery ${content.id} to an endpoint has nothing to tell`)
  return body
}

const headersOf = (target: EndpointTarget | CallbackTarget, { staffId, workspaceId }: DeliveryContent, now: number) =>
  target._tag === "Endpoint" && target.payload === "sitegpt"
    ? chatbotHeaders(target.token)
    : deliveryHeaders(workspaceId, staffId, now)

/** The request of one attempt: the body is the same each time, its time and signature are fresh. `now` in milliseconds. */
export const buildRequest = (
  target: EndpointTarget | CallbackTarget,
  content: DeliveryContent,
  secrets: ReadonlyArray<string>,
  now: number
): SendRequest => {
  const body = JSON.stringify(bodyOf(target, content))
  return {
    url: target.url,
    headers: {
      ...(target._tag === "Endpoint" && target.headers),
      ...headersOf(target, content, now),
      ...signatureHeaders(secrets, { id: content.id, timestamp: Math.floor(now / 1_000), body })
    },
    body,
    timeoutMs: target._tag === "Endpoint" ? target.timeoutMs : DEFAULT_TIMEOUT_MS
  }
}
