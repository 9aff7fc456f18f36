import { Ids, Messages, type Posting } from "@butler/domain"
import { Effect } from "effect"

/** Says something in a dialog outside a turn. */
export const speak = Effect.fn("speak")(function* (said: Omit<Posting, "messageId">) {
  const messageId = yield* (yield* Ids).messageId
  return yield* (yield* Messages).post({ ...said, messageId })
})
