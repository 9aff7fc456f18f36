import type { DocumentId, WorkspaceId } from "@butler/domain"
import { sql } from "kysely"
import { query } from "../database/query.ts"

/** Takes the documents' chunks out of the indexes they are in and deletes them; frequencies and lengths stay exact. */
export const removeChunks = (workspaceId: WorkspaceId, documentIds: ReadonlyArray<DocumentId>) =>
  query("knowledge.removeChunks", (db) =>
    sql`
      with removed as (
        delete from chunk where workspace_id = ${workspaceId} and document_id = any(${documentIds}::text[])
        returning knowledge_base_id, key, length, terms, enabled
      ), listed as (
        select knowledge_base_id, key, term from removed cross join lateral unnest(terms) as listed (term) where enabled
      ), counted as materialized (
        select knowledge_base_id, term, count(*)::integer as chunks from listed group by knowledge_base_id, term
      ), unposted as (
        delete from posting using listed
        where workspace_id = ${workspaceId} and posting.knowledge_base_id = listed.knowledge_base_id
          and posting.term = listed.term and chunk_key = listed.key
      ), forgotten as (
        delete from knowledge_term using counted
        where workspace_id = ${workspaceId} and knowledge_term.knowledge_base_id = counted.knowledge_base_id
          and knowledge_term.term = counted.term and frequency <= chunks
      ), lowered as (
        update knowledge_term set frequency = frequency - chunks from counted
        where workspace_id = ${workspaceId} and knowledge_term.knowledge_base_id = counted.knowledge_base_id
          and knowledge_term.term = counted.term and frequency > chunks
      ), totals as (
        select knowledge_base_id, count(*)::integer as chunks, coalesce(sum(length), 0) as length
        from removed where enabled group by knowledge_base_id
      )
      update knowledge_base base set
        chunk_count = base.chunk_count - totals.chunks, total_length = base.total_length - totals.length
      from totals where base.workspace_id = ${workspaceId} and base.knowledge_base_id = totals.knowledge_base_id
    `.execute(db)
  )
