import { handOverDialog } from "@butler/agent"
import { type Chatbot, ThreadNotFound, type ThreadPlace, Threads } from "@butler/domain"
import { Effect } from "effect"
import { speak } from "../dialog/speak.ts"
import { found } from "../v1/found.ts"

const OWN_WORDS = "The conversation was escalated to a person."

/**
 * Gives a thread to people and says so in it, in the chatbot's own words where it has some. The mark comes last, so that
 * asking again finishes what was broken off.
 */
export const escalateThread = Effect.fn("escalateThread")(function* (
  { settings }: Chatbot,
  place: ThreadPlace,
  reason: string | null
) {
  const { threadId: dialogId, workspaceId } = place
  const threads = yield* Threads
  const thread = yield* threads.find(place).pipe(found(() => new ThreadNotFound({ threadId: dialogId })))
  yield* handOverDialog({ workspaceId, dialogId, reason, closingMessage: "" })
  if (thread.escalated) return null
  const content = settings.localization?.chatMessage?.["conversationEscalated"] || OWN_WORDS
  const sender = { type: "system", id: null } as const
  const extra = { systemMessageType: "CONVERSATION_ESCALATED" } as const
  yield* speak({ workspaceId, dialogId, sender, contentType: "text", content, url: "", extra })
  yield* threads.change(place, { escalated: true })
  return null
})
