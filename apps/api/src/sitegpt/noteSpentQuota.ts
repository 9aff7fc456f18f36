import { Ids, Messages, type ThreadPlace, Threads } from "@butler/domain"
import { Effect, Option } from "effect"

const WORDS = "This message was not accepted: the messages of this month are used up."

/**
 * Says in a thread that is there already that the quota of messages is spent; once, until something else is said in it. A
 * visitor who goes on asking adds nothing, to the thread or to those whom its webhooks tell.
 */
export const noteSpentQuota = Effect.fn("noteSpentQuota")(function* (place: ThreadPlace) {
  const { threadId: dialogId, workspaceId } = place
  const thread = yield* Threads.use((threads) => threads.find(place))
  if (Option.isNone(thread)) return
  const messageId = yield* (yield* Ids).messageId
  const notice = { workspaceId, dialogId, messageId, content: WORDS, type: "EXCEEDED_USAGE_LIMITS" } as const
  yield* Messages.use((messages) => messages.notify(notice))
})
