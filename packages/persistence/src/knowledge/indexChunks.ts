import type { KnowledgeBaseId, WorkspaceId } from "@butler/domain"
import { sql } from "kysely"
import { query } from "../database/query.ts"
import type { IndexEntries } from "./indexEntries.ts"
import { BLOCK, keyOf } from "./posting.ts"

/**
 * Adds chunks to the index, numbered from the first key on: their postings, their terms' frequencies, their number and length. The
 * lock on the knowledge base lets rows be updated where they were found, which takes half of what `on conflict` does. All are found
 * in one pass of the index and fetched by one list of places: a look-up for each costs half as much again. A full join is never a
 * nested loop, which a left join is where the planner takes the lists for short.
 */
export const indexChunks = (
  workspaceId: WorkspaceId,
  knowledgeBaseId: KnowledgeBaseId,
  firstKey: number,
  { chunkCount, ends, postings, starts, terms, totalLength }: IndexEntries
) => {
  const isOfBase = sql`workspace_id = ${workspaceId} and knowledge_base_id = ${knowledgeBaseId}`
  return query("knowledge.indexChunks", (db) =>
    sql`
      with numbered as materialized (
        select array(
          select posting + (${firstKey}::bigint << 32) from unnest(${postings}::bigint[]) as posting
        ) as postings
      ), known as materialized (
        select ctid as place, term, postings as latest from knowledge_term
        where ${isOfBase} and term = any(${terms}::text[])
      ), incoming as materialized (
        select given.term, (select postings from numbered)[starts:ends] as postings, known.place, known.latest
        from unnest(${terms}::text[], ${starts}::integer[], ${ends}::integer[]) as given (term, starts, ends)
        full join known on known.term = given.term
      ), sealed as (
        insert into posting_block (workspace_id, knowledge_base_id, term, first_key, postings)
        select ${workspaceId}::uuid, ${knowledgeBaseId}::smallint, term, ${keyOf(sql`latest[1]`)}, latest
        from incoming where cardinality(latest) >= ${BLOCK}
      ), raised as (
        update knowledge_term as known set
          frequency = frequency + cardinality(incoming.postings),
          postings = case when cardinality(known.postings) >= ${BLOCK} then incoming.postings
            else known.postings || incoming.postings end
        from incoming
        where known.ctid = any(array(select place from incoming where place is not null)) and known.term = incoming.term
      ), added as (
        insert into knowledge_term (workspace_id, knowledge_base_id, term, frequency, postings)
        select ${workspaceId}::uuid, ${knowledgeBaseId}::smallint, term, cardinality(postings), postings
        from incoming where place is null
      )
      update knowledge_base set chunk_count = chunk_count + ${chunkCount}, total_length = total_length + ${totalLength}
      where ${isOfBase}
    `.execute(db)
  )
}
