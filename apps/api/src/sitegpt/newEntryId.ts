import { randomUUID } from "node:crypto"
import { ChatbotEntryId } from "@butler/domain"
import { Effect } from "effect"

/** An id for something new in a chatbot's lists. */
export const newEntryId = Effect.sync(() => ChatbotEntryId.make(randomUUID()))
