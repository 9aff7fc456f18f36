import type { KnowledgeBaseId, WorkspaceId } from "@butler/domain"
import { sql } from "kysely"
import { query } from "../database/query.ts"
import type { KeyedChunk } from "./keyedChunk.ts"

/** Adds the chunks to the index: their postings, their terms' frequencies, their number and length. */
export const indexChunks = (
  workspaceId: WorkspaceId,
  knowledgeBaseId: KnowledgeBaseId,
  keyed: ReadonlyArray<KeyedChunk>
) => {
  const postings = keyed.flatMap(({ key, counts, length }) =>
    Array.from(counts, ([term, occurrences]) => ({ term, key, occurrences, length }))
  )
  const totalLength = keyed.reduce((sum, { length }) => sum + length, 0)
  return query("knowledge.indexChunks", (db) =>
    sql`
      with incoming as materialized (
        select * from unnest(
          ${postings.map(({ term }) => term)}::text[], ${postings.map(({ key }) => key)}::integer[],
          ${postings.map(({ occurrences }) => occurrences)}::smallint[],
          ${postings.map(({ length }) => length)}::smallint[]
        ) as incoming (term, chunk_key, occurrences, length)
      ), raised as (
        insert into knowledge_term as known (workspace_id, knowledge_base_id, term, frequency)
        select ${workspaceId}::uuid, ${knowledgeBaseId}::smallint, term, count(*)::integer from incoming group by term
        order by term
        on conflict on constraint knowledge_term_pkey do update set frequency = known.frequency + excluded.frequency
      ), posted as (
        insert into posting (workspace_id, knowledge_base_id, term, chunk_key, occurrences, length)
        select ${workspaceId}::uuid, ${knowledgeBaseId}::smallint, term, chunk_key, occurrences, length from incoming
        order by term, chunk_key
      )
      update knowledge_base set chunk_count = chunk_count + ${keyed.length}, total_length = total_length + ${totalLength}
      where workspace_id = ${workspaceId} and knowledge_base_id = ${knowledgeBaseId}
    `.execute(db)
  )
}
