import type { DocumentId, WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { deleteDocuments } from "./deleteDocuments.ts"
import { lockBasesOf } from "./lockBasesOf.ts"
import { removeChunks } from "./removeChunks.ts"

/** Removes documents with all that is indexed of them, within a transaction; how many there were. */
export const removeDocuments = Effect.fnUntraced(function* (workspaceId: WorkspaceId, ids: ReadonlyArray<DocumentId>) {
  yield* lockBasesOf(workspaceId, ids)
  yield* removeChunks(workspaceId, ids)
  return yield* deleteDocuments(workspaceId, ids)
})
