import type { DocumentQuery, WorkspaceId } from "@butler/domain"
import { sql } from "kysely"
import { query } from "../database/query.ts"

/** A page of a knowledge base's documents, newest first, and one row more if there is a next page. */
export const listDocuments = (workspaceId: WorkspaceId, { after, knowledgeBaseId, limit }: DocumentQuery) =>
  query("knowledge.listDocuments", (db) =>
    sql<{ readonly sequence: string }>`
      select id, knowledge_base_id as "knowledgeBaseId", name, url, source_id as "sourceId", content ->> 'kind' as kind, lang,
        chunk_count as "chunkCount", created_at as "createdAt", sequence
      from document
      where workspace_id = ${workspaceId} and knowledge_base_id = ${knowledgeBaseId}
        and (${after}::bigint is null or sequence < ${after}::bigint)
      order by sequence desc limit ${limit + 1}
    `.execute(db)
  )
