import type { MessageListQuery, MessagePage } from "@butler/contracts"
import { type DialogId, DialogNotFound, Dialogs, type WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { messageCursor } from "./cursor.ts"
import { found } from "./found.ts"
import { messageResource } from "./resources.ts"

/** One page of what was said in a dialog. */
export const listMessages = Effect.fn("listMessages")(function* (
  workspaceId: WorkspaceId,
  dialogId: DialogId,
  query: MessageListQuery
) {
  const dialogs = yield* Dialogs
  const after = yield* messageCursor.decode(query.cursor)
  const rows = yield* dialogs.messages({ workspaceId, dialogId, order: query.order, after, limit: query.limit + 1 })
  // A dialog has a message from its beginning on, so only an empty page leaves in doubt whether it exists.
  if (rows.length === 0) yield* dialogs.find(workspaceId, dialogId).pipe(found(() => new DialogNotFound({ dialogId })))
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  const page: MessagePage = {
    data: shown.map(messageResource),
    nextCursor: last === undefined ? null : messageCursor.encode(last.sequence)
  }
  return page
})
