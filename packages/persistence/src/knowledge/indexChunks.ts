import type { KnowledgeBaseId, WorkspaceId } from "@butler/domain"
import { sql } from "kysely"
import { query } from "../database/query.ts"
import type { KeyedChunk } from "./keyedChunk.ts"
import { BLOCK, keyOf, packPosting } from "./posting.ts"

/** The postings of each term, in the order of their keys; terms about as the index sorts them, which spares it a third of its work. */
const postingsByTerm = (keyed: ReadonlyArray<KeyedChunk>) => {
  const byTerm = new Map<string, Array<bigint>>()
  for (const { counts, key, length } of keyed) {
    for (const [term, occurrences] of counts) {
      const posting = packPosting(key, occurrences, length)
      const known = byTerm.get(term)
      if (known === undefined) byTerm.set(term, [posting])
      else known.push(posting)
    }
  }
  return [...byTerm].toSorted(([a], [b]) => (a < b ? -1 : 1))
}

/**
 * Adds the chunks to the index: their postings, their terms' frequencies, their number and length. The lock on the knowledge base
 * lets rows be updated where they were found, which takes half of what `on conflict` does.
 */
export const indexChunks = (
  workspaceId: WorkspaceId,
  knowledgeBaseId: KnowledgeBaseId,
  keyed: ReadonlyArray<KeyedChunk>
) => {
  const byTerm = postingsByTerm(keyed)
  const totalLength = keyed.reduce((sum, { length }) => sum + length, 0)
  const isOfBase = sql`workspace_id = ${workspaceId} and knowledge_base_id = ${knowledgeBaseId}`
  return query("knowledge.indexChunks", (db) =>
    sql`
      with incoming as materialized (
        select term, postings::bigint[] as postings, known.place, known.latest
        from unnest(
          ${byTerm.map(([term]) => term)}::text[], ${byTerm.map(([, postings]) => `{${postings.join(",")}}`)}::text[]
        ) as given (term, postings)
        left join lateral (
          select ctid as place, postings as latest from knowledge_term where ${isOfBase} and term = given.term limit 1
        ) as known on true
      ), sealed as (
        insert into posting_block (workspace_id, knowledge_base_id, term, first_key, postings)
        select ${workspaceId}::uuid, ${knowledgeBaseId}::smallint, term, ${keyOf(sql`latest[1]`)}, latest
        from incoming where cardinality(latest) >= ${BLOCK}
      ), raised as (
        update knowledge_term as known set
          frequency = frequency + cardinality(incoming.postings),
          postings = case when cardinality(latest) >= ${BLOCK} then incoming.postings else latest || incoming.postings end
        from incoming where known.ctid = incoming.place
      ), added as (
        insert into knowledge_term (workspace_id, knowledge_base_id, term, frequency, postings)
        select ${workspaceId}::uuid, ${knowledgeBaseId}::smallint, term, cardinality(postings), postings
        from incoming where place is null
      )
      update knowledge_base set chunk_count = chunk_count + ${keyed.length}, total_length = total_length + ${totalLength}
      where ${isOfBase}
    `.execute(db)
  )
}
