import { Effect, Layer, Option } from "effect"
import { DialogNotFound } from "../dialog/Dialog.ts"
import { Messages, noticePosting } from "../message/Messages.ts"
import { currentDate } from "./currentDate.ts"
import { MemoryStore } from "./MemoryStore.ts"
import { postInMemory } from "./postInMemory.ts"

/** `Messages` over the shared memory. */
export const MessagesMemory: Layer.Layer<Messages, never, MemoryStore> = Layer.effect(
  Messages,
  Effect.map(MemoryStore, (store) =>
    Messages.of({
      post: Effect.fnUntraced(function* (posting) {
        const now = yield* currentDate
        const stored = store.workspaces.get(posting.workspaceId)?.dialogs.get(posting.dialogId)
        if (stored === undefined) return yield* new DialogNotFound({ dialogId: posting.dialogId })
        return postInMemory(stored, posting, now)
      }),
      notify: Effect.fnUntraced(function* (notice) {
        const now = yield* currentDate
        const stored = store.workspaces.get(notice.workspaceId)?.dialogs.get(notice.dialogId)
        const last = stored?.messages.at(-1)
        const isSaid = last !== undefined && stored?.extras.get(last.id)?.systemMessageType === notice.type
        if (stored === undefined || isSaid) return Option.none()
        return Option.some(postInMemory(stored, noticePosting(notice), now))
      })
    })
  )
)
