import { randomUUID } from "node:crypto"
import { type Chatbot, DialogId, Ids, Threads, UserId } from "@butler/domain"
import { Effect } from "effect"
import { Refused } from "../http/Refused.ts"
import type { ChatbotPlace } from "./changeChatbot.ts"

interface Wanted {
  readonly threadId?: DialogId
  readonly mode?: "AI" | "AGENT"
  readonly chatUserEmail?: string
}

const message = "is the id of another thread"

const TAKEN = new Refused({
  code: "invalid_request",
  detail: `threadId ${message}`,
  issues: [{ path: "threadId", message }]
})

/** Makes a thread that nothing was said in yet; a visitor is the contact whose `userId` is the address. */
export const createThread = Effect.fn("createThread")(function* (
  { settings }: Chatbot,
  place: ChatbotPlace,
  { chatUserEmail, mode = settings.mode ?? "AI", threadId }: Wanted
) {
  const ids = yield* Ids
  const seed = yield* ids.dialogSeed
  const thread = {
    ...place,
    dialog: { ...seed, id: threadId ?? DialogId.make(randomUUID()) },
    channel: { type: "SITEGPT" },
    mode,
    contactId: yield* ids.contactId,
    userId: chatUserEmail === undefined ? null : UserId.make(chatUserEmail),
    chatUser: chatUserEmail === undefined ? {} : { email: chatUserEmail }
  }
  return yield* Threads.use((threads) => threads.create(thread)).pipe(Effect.mapError(() => TAKEN))
})
