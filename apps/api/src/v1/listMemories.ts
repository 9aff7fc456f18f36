import type { MemoryListQuery, MemoryPage } from "@butler/contracts"
import { type ContactId, ContactNotFound, Contacts, Memories, type WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { memoryCursor } from "./cursor.ts"
import { found } from "./found.ts"
import { memoryResource } from "./resources.ts"

/** One page of what is remembered of a contact, newest first. */
export const listMemories = Effect.fn("listMemories")(function* (
  workspaceId: WorkspaceId,
  contactId: ContactId,
  query: MemoryListQuery
) {
  const place = yield* memoryCursor.decode(query.cursor)
  yield* Contacts.use((contacts) => contacts.find(workspaceId, contactId)).pipe(
    found(() => new ContactNotFound({ contactId }))
  )
  const after = place === null ? null : { createdAt: new Date(place.at), id: place.id }
  const rows = yield* Memories.use(({ list }) => list({ workspaceId, contactId, after, limit: query.limit + 1 }))
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  const page: MemoryPage = {
    data: shown.map(memoryResource),
    nextCursor: last === undefined ? null : memoryCursor.encode({ at: last.createdAt.getTime(), id: last.id })
  }
  return page
})
