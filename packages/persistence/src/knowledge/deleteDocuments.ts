import type { DocumentId, WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { sql } from "kysely"
import { query } from "../database/query.ts"

/** Deletes documents that have no chunks any more; how many there were. */
export const deleteDocuments = (workspaceId: WorkspaceId, ids: ReadonlyArray<DocumentId>) =>
  query("knowledge.deleteDocuments", (db) =>
    sql`delete from document where workspace_id = ${workspaceId} and id = any(${ids}::text[]) returning id`.execute(db)
  ).pipe(Effect.map(({ rows }) => rows.length))
