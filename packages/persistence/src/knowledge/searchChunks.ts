import type { KnowledgeQuery, ScoredChunk, WorkspaceId } from "@butler/domain"
import { sql } from "kysely"
import { query } from "../database/query.ts"
import { RANK_BOUNDS, rankByTerms } from "./rankByTerms.ts"

/** A chunk that was found. Every row carries the statistics, so that one statement does. */
export interface FoundRow extends ScoredChunk {
  readonly chunkCount: number
  readonly frequencies: Readonly<Record<string, number>>
}

/** The best chunks by their words, in one statement. */
export const searchChunks = (workspaceId: WorkspaceId, search: KnowledgeQuery, bounds = RANK_BOUNDS) =>
  query("knowledge.search", (db) =>
    sql<FoundRow>`
      with ${rankByTerms(workspaceId, search, bounds)}
      select chunk.id, chunk.document_id as "documentId", document.name as "documentName", document.url as "documentUrl",
        chunk.content, chunk.lang, chunk.enabled, chunk.source, chunk.pair, chunk.created_at as "createdAt", best.score,
        base.chunk_count as "chunkCount",
        (select json_object_agg(term, frequency) from (select distinct term, frequency from weighed) as each) as frequencies
      from best cross join base cross join lateral (
        select * from chunk
        where workspace_id = ${workspaceId} and knowledge_base_id = best.base_id and key = best.chunk_key
        limit 1
      ) as chunk cross join lateral (
        select name, url from document where workspace_id = ${workspaceId} and id = chunk.document_id
        limit 1
      ) as document
      order by best.score desc, best.base_id, best.chunk_key
    `.execute(db)
  )
