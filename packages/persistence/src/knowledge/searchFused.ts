import { type Embedding, FUSED, FUSION_K, type KnowledgeQuery, type WorkspaceId } from "@butler/domain"
import { sql } from "kysely"
import { query } from "../database/query.ts"
import { inSpace, typeOf, type VectorSpace } from "../vector/vectorIndex.ts"
import { rankByTerms } from "./rankByTerms.ts"
import type { FoundRow } from "./searchChunks.ts"

/**
 * The best chunks by their words and by their vectors, brought together by their places in both, in one statement. The index of
 * vectors is shared by all workspaces: the scan goes on until it has enough of those that were asked for.
 */
export const searchFused = (workspaceId: WorkspaceId, search: KnowledgeQuery, { model, values }: Embedding) => {
  const { knowledgeBaseIds, limit } = search
  const space: VectorSpace = { model, dimension: values.length }
  const distance = sql`embedding::${typeOf(space)} <=> ${`[${values.join(",")}]`}::${typeOf(space)}`
  return query("knowledge.searchFused", (db) =>
    sql<FoundRow>`
      with ${rankByTerms(workspaceId, { ...search, limit: Math.max(FUSED, limit) })}, setting as materialized (
        select set_config('hnsw.iterative_scan', 'relaxed_order', true)
      ), nearest as materialized (
        select near.* from setting cross join lateral (
          select knowledge_base_id as base_id, chunk_key, 1 - (${distance}) as similarity from chunk_vector
          where workspace_id = ${workspaceId} and knowledge_base_id = any(${knowledgeBaseIds}::smallint[]) and ${inSpace(space)}
          order by ${distance} limit ${FUSED}
        ) as near
      ), by_words as (
        select *, row_number() over (order by score desc, base_id, chunk_key) as place from best
      ), by_vector as (
        select *, row_number() over (order by similarity desc, base_id, chunk_key) as place from nearest
      ), fused as materialized (
        select base_id, chunk_key, by_words.score as lexical, similarity,
          ${(FUSION_K + 1) / 2}::float8 * (
            coalesce(1 / (${FUSION_K}::float8 + by_words.place), 0) + coalesce(1 / (${FUSION_K}::float8 + by_vector.place), 0)
          ) as score
        from by_words full join by_vector using (base_id, chunk_key)
        order by score desc, base_id, chunk_key limit ${limit}
      )
      select chunk.id, chunk.document_id as "documentId", document.name as "documentName", document.url as "documentUrl",
        chunk.content, chunk.lang, chunk.enabled, chunk.source, chunk.pair, chunk.created_at as "createdAt", fused.score,
        fused.score as "fusedScore", fused.lexical as "lexicalScore", fused.similarity as "vectorScore",
        base.chunk_count as "chunkCount", coalesce(
          (select json_object_agg(term, frequency) from (select distinct term, frequency from weighed) as each), '{}'
        ) as frequencies
      from fused cross join base cross join lateral (
        select * from chunk
        where workspace_id = ${workspaceId} and knowledge_base_id = fused.base_id and key = fused.chunk_key
        limit 1
      ) as chunk cross join lateral (
        select name, url from document where workspace_id = ${workspaceId} and id = chunk.document_id
        limit 1
      ) as document
      order by fused.score desc, fused.base_id, fused.chunk_key
    `.execute(db)
  )
}
