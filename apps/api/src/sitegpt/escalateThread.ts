import { handOverDialog } from "@butler/agent"
import { type Chatbot, ThreadNotFound, type ThreadPlace, Threads } from "@butler/domain"
import { Effect } from "effect"
import { found } from "../v1/found.ts"

const OWN_WORDS = "The conversation was escalated to a person."

const SAID_BY = {
  sender: { type: "system", id: null },
  extra: { systemMessageType: "CONVERSATION_ESCALATED" }
} as const

/** Gives a thread to people and says so in it, in the chatbot's own words where it has some. */
export const escalateThread = Effect.fn("escalateThread")(function* (
  { settings }: Chatbot,
  place: ThreadPlace,
  reason: string | null
) {
  const { threadId: dialogId, workspaceId } = place
  yield* Threads.use((threads) => threads.find(place)).pipe(found(() => new ThreadNotFound({ threadId: dialogId })))
  const closingMessage = settings.localization?.chatMessage?.["conversationEscalated"] || OWN_WORDS
  yield* handOverDialog({ workspaceId, dialogId, reason, closingMessage, closingAs: SAID_BY })
  return null
})
