import type { DeliveryContent, PayloadStyle } from "@butler/domain"
import { messageEvent } from "./messageEvent.ts"

/** The body that an endpoint is or would be sent; only a turn without a message has none. */
export const eventBody = (content: DeliveryContent, style: PayloadStyle) =>
  content.message === null ? null : messageEvent(content, content.message, style)
