import type { DocumentId, WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { sql } from "kysely"
import { query } from "../database/query.ts"

/** Deletes a document that has no chunks any more; false if there was none. */
export const deleteDocument = (workspaceId: WorkspaceId, id: DocumentId) =>
  query("knowledge.deleteDocument", (db) =>
    sql`delete from document where workspace_id = ${workspaceId} and id = ${id} returning id`.execute(db)
  ).pipe(Effect.map(({ rows }) => rows.length > 0))
