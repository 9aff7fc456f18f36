import type { SourceId, WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { query } from "../database/query.ts"
import { retryTransient } from "../database/transaction.ts"
import { removeDocuments } from "../knowledge/removeDocuments.ts"
import { deleteItemsOf, deleteSources, documentsOf } from "./removeStatements.ts"

/** So few that others can write to the knowledge base in between. */
const STEP = 100

const removeSome = Effect.fnUntraced(function* (workspaceId: WorkspaceId, id: SourceId) {
  const documents = yield* query("source.documents", (db) => documentsOf(db, workspaceId, id, STEP))
  if (documents.length > 0) yield* removeDocuments(workspaceId, documents)
  return documents.length
}, retryTransient)

const removeAll = (workspaceId: WorkspaceId, id: SourceId) =>
  Effect.repeat(removeSome(workspaceId, id), { while: (removed) => removed === STEP })

/** Removes a source that has been hidden, a little at a time; it can be gone on with from anywhere. */
export const removeSource = Effect.fnUntraced(function* (workspaceId: WorkspaceId, id: SourceId) {
  yield* removeAll(workspaceId, id)
  yield* query("source.deleteItems", (db) => deleteItemsOf(db, workspaceId, [id]))
  // What was stored while the items were waited for.
  yield* removeAll(workspaceId, id)
  yield* query("source.delete", (db) => deleteSources(db, workspaceId, [id]))
})
