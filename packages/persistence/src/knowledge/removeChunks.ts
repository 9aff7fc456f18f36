import type { DocumentId, WorkspaceId } from "@butler/domain"
import { sql } from "kysely"
import { query } from "../database/query.ts"
import { KNOWLEDGE_BASE } from "./knowledgeBase.ts"

/** Takes a document's chunks out of the index and deletes them; frequencies and lengths stay exact. */
export const removeChunks = (workspaceId: WorkspaceId, documentId: DocumentId) =>
  query("knowledge.removeChunks", (db) =>
    sql`
      with removed as (
        delete from chunk where workspace_id = ${workspaceId} and document_id = ${documentId}
        returning key, length, terms, enabled
      ), listed as (
        select key, term from removed cross join lateral unnest(terms) as listed (term) where enabled
      ), counted as materialized (
        select term, count(*)::integer as chunks from listed group by term
      ), unposted as (
        delete from posting using listed
        where workspace_id = ${workspaceId} and knowledge_base_id = ${KNOWLEDGE_BASE}
          and posting.term = listed.term and chunk_key = listed.key
      ), forgotten as (
        delete from knowledge_term using counted
        where workspace_id = ${workspaceId} and knowledge_base_id = ${KNOWLEDGE_BASE}
          and knowledge_term.term = counted.term and frequency <= chunks
      ), lowered as (
        update knowledge_term set frequency = frequency - chunks from counted
        where workspace_id = ${workspaceId} and knowledge_base_id = ${KNOWLEDGE_BASE}
          and knowledge_term.term = counted.term and frequency > chunks
      ), totals as (
        select count(*)::integer as chunks, coalesce(sum(length), 0) as length from removed where enabled
      )
      update knowledge_base set chunk_count = chunk_count - chunks, total_length = total_length - length from totals
      where workspace_id = ${workspaceId} and knowledge_base_id = ${KNOWLEDGE_BASE} and chunks > 0
    `.execute(db)
  )
