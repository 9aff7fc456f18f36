import { type ChatbotEntryId, type ChatbotList, findEntry } from "@butler/domain"
import { Effect } from "effect"
import type { ChatbotPlace } from "./changeChatbot.ts"
import { findChatbot } from "./findChatbot.ts"

/** One entry of a chatbot's lists. */
export const entryOf = <List extends ChatbotList>(place: ChatbotPlace, list: List, id: ChatbotEntryId) =>
  Effect.flatMap(findChatbot(place), (chatbot) => Effect.fromResult(findEntry(chatbot, list, id)))
