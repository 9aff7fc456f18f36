import type { DocumentId, WorkspaceId } from "@butler/domain"
import { sql } from "kysely"
import { query } from "../database/query.ts"

/** Locks the knowledge base a document is in until the transaction ends, as all do that change an index. */
export const lockBaseOf = (workspaceId: WorkspaceId, id: DocumentId) =>
  query("knowledge.lockBase", (db) =>
    sql`
      select from knowledge_base base
      join document on document.workspace_id = base.workspace_id and document.knowledge_base_id = base.knowledge_base_id
      where base.workspace_id = ${workspaceId} and document.id = ${id}
      for no key update of base
    `.execute(db)
  )
