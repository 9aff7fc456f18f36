import type { KnowledgeBaseId, WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { sql } from "kysely"
import { query } from "../database/query.ts"
import { BLOCK, keyOf } from "./posting.ts"

/** How many of a term's postings come to be in blocks; the rest, at least one, is in its own row. */
const inBlocks = sql`((cardinality(postings) - 1) / ${sql.lit(BLOCK)} * ${sql.lit(BLOCK)})`

/** Within the 4 MB that are usual, 100,000 postings are sorted on disk. */
const withRoom = query("knowledge.mergeRoom", (db) => sql`select set_config('work_mem', '16MB', true)`.execute(db))

/**
 * Moves a locked knowledge base's recent postings to their terms' rows, and full rows to blocks. The rows are found in one pass of
 * the index and fetched by one list of places: a look-up for each costs half as much again. A full join is never a nested loop,
 * which a left join is where the planner takes the lists for short.
 */
export const mergeRecent = (workspaceId: WorkspaceId, knowledgeBaseId: KnowledgeBaseId) => {
  const isOfBase = sql`workspace_id = ${workspaceId} and knowledge_base_id = ${knowledgeBaseId}`
  const merge = query("knowledge.mergeRecent", (db) =>
    sql`
      with taken as (
        delete from posting_recent where ${isOfBase} returning terms, postings
      ), incoming as materialized (
        select term, array_agg(posting order by posting) as postings
        from taken cross join lateral unnest(terms, postings) as listed (term, posting)
        group by term
      ), known as materialized (
        select ctid as place, term, postings from knowledge_term
        where ${isOfBase} and term = any(array(select term from incoming))
      ), merged as materialized (
        select incoming.term, place, cardinality(incoming.postings) as added,
          coalesce(known.postings, '{}') || incoming.postings as postings
        from incoming full join known on known.term = incoming.term
      ), sealed as (
        insert into posting_block (workspace_id, knowledge_base_id, term, first_key, postings)
        select ${workspaceId}::uuid, ${knowledgeBaseId}::smallint, term, ${keyOf(sql`block[1]`)}, block
        from merged cross join lateral generate_series(1, ${inBlocks}, ${sql.lit(BLOCK)}) as start
        cross join lateral (select merged.postings[start:start + ${sql.lit(BLOCK - 1)}] as block offset 0) as cut
      ), raised as (
        update knowledge_term as term_row set frequency = frequency + added, postings = rest
        from (select term, added, postings[${inBlocks} + 1:] as rest from merged) as merged
        where term_row.ctid = any(array(select place from merged where place is not null)) and term_row.term = merged.term
      ), created as (
        insert into knowledge_term (workspace_id, knowledge_base_id, term, frequency, postings)
        select ${workspaceId}::uuid, ${knowledgeBaseId}::smallint, term, added, postings[${inBlocks} + 1:]
        from merged where place is null
      )
      update knowledge_base set recent_postings = 0 where ${isOfBase}
    `.execute(db)
  )
  return Effect.andThen(withRoom, merge)
}
