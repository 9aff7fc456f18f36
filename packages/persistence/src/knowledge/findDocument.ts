import type { DocumentId, WorkspaceId } from "@butler/domain"
import { sql } from "kysely"
import { query } from "../database/query.ts"

export const findDocument = (workspaceId: WorkspaceId, id: DocumentId) =>
  query("knowledge.findDocument", (db) =>
    sql`
      select id, knowledge_base_id as "knowledgeBaseId", name, url, source_id as "sourceId", content ->> 'kind' as kind, lang,
        content, chunk_count as "chunkCount", created_at as "createdAt"
      from document where workspace_id = ${workspaceId} and id = ${id}
    `.execute(db)
  )
