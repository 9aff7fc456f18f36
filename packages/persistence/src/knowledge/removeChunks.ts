import type { DocumentId, KnowledgeBaseId, WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { sql } from "kysely"
import { query } from "../database/query.ts"
import { mergeRecent } from "./mergeRecent.ts"
import { keyOf } from "./posting.ts"

/** Those of a row's `postings` that are not of removed chunks, in their order. */
const kept = sql`array(
  select posting from unnest(postings) with ordinality as each (posting, place)
  where ${keyOf(sql`posting`)} <> all(keys) order by place
)`

/** The knowledge bases of the documents' chunks that have postings to be merged. */
const unmergedOf = (workspaceId: WorkspaceId, documentIds: ReadonlyArray<DocumentId>) =>
  query("knowledge.unmerged", (db) =>
    sql<{ readonly id: KnowledgeBaseId }>`
      select knowledge_base_id as id from knowledge_base base
      where workspace_id = ${workspaceId} and recent_postings > 0 and knowledge_base_id in (
        select knowledge_base_id from chunk where workspace_id = ${workspaceId} and document_id = any(${documentIds}::text[])
      )
      order by 1
    `.execute(db)
  ).pipe(Effect.map(({ rows }) => rows.map(({ id }) => id)))

const deleteMerged = (workspaceId: WorkspaceId, documentIds: ReadonlyArray<DocumentId>) =>
  query("knowledge.removeChunks", (db) =>
    sql`
      with removed as (
        delete from chunk where workspace_id = ${workspaceId} and document_id = any(${documentIds}::text[])
        returning knowledge_base_id, key, length, terms, enabled
      ), listed as materialized (
        select knowledge_base_id as base_id, term, array_agg(key) as keys, min(key) as first, max(key) as last
        from removed cross join lateral unnest(terms) as listed (term) where enabled group by knowledge_base_id, term
      ), known as materialized (
        select place, left_over, latest
        from listed cross join lateral (
          select ctid as place, frequency - cardinality(keys) as left_over, ${kept} as latest from knowledge_term
          where workspace_id = ${workspaceId} and knowledge_base_id = base_id and term = listed.term limit 1
        ) as found
      ), forgotten as (
        delete from knowledge_term using known where knowledge_term.ctid = place and left_over <= 0
      ), lowered as (
        update knowledge_term set frequency = left_over, postings = latest from known
        where knowledge_term.ctid = place and left_over > 0
      ), block as materialized (
        select place, rest
        from listed cross join lateral (
          select first_key as start from posting_block
          where workspace_id = ${workspaceId} and knowledge_base_id = base_id and term = listed.term and first_key <= first
          order by first_key desc limit 1
        ) as earliest cross join lateral (
          select ctid as place, ${kept} as rest from posting_block
          where workspace_id = ${workspaceId} and knowledge_base_id = base_id and term = listed.term
            and first_key between start and last
        ) as found
      ), emptied as (
        delete from posting_block using block where posting_block.ctid = place and rest = '{}'
      ), thinned as (
        update posting_block set postings = rest from block
        where posting_block.ctid = place and rest <> '{}' and rest <> postings
      ), totals as (
        select knowledge_base_id, count(*)::integer as chunks, coalesce(sum(length), 0) as length
        from removed where enabled group by knowledge_base_id
      )
      update knowledge_base base set
        chunk_count = base.chunk_count - totals.chunks, total_length = base.total_length - totals.length
      from totals where base.workspace_id = ${workspaceId} and base.knowledge_base_id = totals.knowledge_base_id
    `.execute(db)
  )

/** Takes the documents' chunks out of the indexes they are in and deletes them; frequencies and lengths stay exact. */
export const removeChunks = Effect.fnUntraced(function* (
  workspaceId: WorkspaceId,
  documentIds: ReadonlyArray<DocumentId>
) {
  const unmerged = yield* unmergedOf(workspaceId, documentIds)
  yield* Effect.forEach(unmerged, (id) => mergeRecent(workspaceId, id), { discard: true })
  yield* deleteMerged(workspaceId, documentIds)
})
