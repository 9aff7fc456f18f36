import type { ContactListQuery, ContactPage } from "@butler/contracts"
import { Contacts, type WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { contactCursor } from "./cursor.ts"
import { contactResource } from "./resources.ts"

/** One page of a workspace's contacts, newest first. */
export const listContacts = Effect.fn("listContacts")(function* (workspaceId: WorkspaceId, query: ContactListQuery) {
  const place = yield* contactCursor.decode(query.cursor)
  const rows = yield* (yield* Contacts).list({
    workspaceId,
    userId: query.userId ?? null,
    after: place === null ? null : { createdAt: new Date(place.at), id: place.id },
    limit: query.limit + 1
  })
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  const page: ContactPage = {
    data: shown.map(contactResource),
    nextCursor: last === undefined ? null : contactCursor.encode({ at: last.createdAt.getTime(), id: last.id })
  }
  return page
})
