import type { DocumentCursor, WorkspaceId } from "@butler/domain"
import { sql } from "kysely"
import { query } from "../database/query.ts"
import { KNOWLEDGE_BASE } from "./knowledgeBase.ts"

/** A page of documents, newest first, and one row more if there is a next page. */
export const listDocuments = (workspaceId: WorkspaceId, limit: number, after: DocumentCursor | null) =>
  query("knowledge.listDocuments", (db) =>
    sql<{ readonly sequence: string }>`
      select id, name, content ->> 'kind' as kind, lang, chunk_count as "chunkCount", created_at as "createdAt", sequence
      from document
      where workspace_id = ${workspaceId} and knowledge_base_id = ${KNOWLEDGE_BASE}
        and (${after}::bigint is null or sequence < ${after}::bigint)
      order by sequence desc limit ${limit + 1}
    `.execute(db)
  )
