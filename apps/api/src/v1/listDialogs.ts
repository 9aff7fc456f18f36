import type { DialogListQuery, DialogPage } from "@butler/contracts"
import { Dialogs, type WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { dialogCursor } from "./cursor.ts"
import { dialogResource } from "./resources.ts"

/** One page of a workspace's dialogs, newest first. */
export const listDialogs = Effect.fn("listDialogs")(function* (workspaceId: WorkspaceId, query: DialogListQuery) {
  const place = yield* dialogCursor.decode(query.cursor)
  const rows = yield* (yield* Dialogs).list({
    workspaceId,
    contactId: query.contactId ?? null,
    userId: query.userId ?? null,
    after: place === null ? null : { createdAt: new Date(place.at), id: place.id },
    limit: query.limit + 1
  })
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  const page: DialogPage = {
    data: shown.map(dialogResource),
    nextCursor: last === undefined ? null : dialogCursor.encode({ at: last.createdAt.getTime(), id: last.id })
  }
  return page
})
