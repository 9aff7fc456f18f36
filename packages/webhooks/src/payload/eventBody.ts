import type { DeliveryContent, EndpointPayload } from "@butler/domain"
import { chatbotEvent } from "./chatbotEvent.ts"
import { messageEvent } from "./messageEvent.ts"

/** The body that an endpoint is or would be sent; null when what it tells of is gone. */
export const eventBody = (content: DeliveryContent, payload: EndpointPayload) => {
  if (payload === "sitegpt") return content.thread === null ? null : chatbotEvent(content.thread)
  return content.message === null ? null : messageEvent(content, content.message, payload)
}
