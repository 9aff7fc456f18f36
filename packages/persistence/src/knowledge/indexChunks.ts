import type { KnowledgeBaseId, WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { sql } from "kysely"
import { query } from "../database/query.ts"
import type { IndexEntries } from "./indexEntries.ts"

/** Adds chunks to the index, numbered from the first key on; how many postings are not merged now. */
export const indexChunks = (
  workspaceId: WorkspaceId,
  knowledgeBaseId: KnowledgeBaseId,
  firstKey: number,
  { buckets, chunkCount, postingCount, postings, terms, totalLength }: IndexEntries
) =>
  query("knowledge.indexChunks", (db) =>
    sql<{ readonly recent: number }>`
      with added as (
        insert into posting_recent (workspace_id, knowledge_base_id, bucket, first_key, terms, postings)
        select ${workspaceId}::uuid, ${knowledgeBaseId}::smallint, bucket, ${firstKey}::integer, array_agg(term),
          array_agg(posting + (${firstKey}::bigint << 32))
        from unnest(${buckets}::smallint[], ${terms}::text[], ${postings}::bigint[]) as given (bucket, term, posting)
        group by bucket
      )
      update knowledge_base set
        chunk_count = chunk_count + ${chunkCount}, total_length = total_length + ${totalLength},
        recent_postings = recent_postings + ${postingCount}
      where workspace_id = ${workspaceId} and knowledge_base_id = ${knowledgeBaseId}
      returning recent_postings as recent
    `.execute(db)
  ).pipe(Effect.map(({ rows: [base] }) => base?.recent ?? 0))
