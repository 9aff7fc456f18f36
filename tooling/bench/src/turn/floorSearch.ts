import type { QueryTerm } from "@butler/domain"
import type { Sql } from "postgres"

interface Passage {
  readonly id: string
  readonly documentId: string
  readonly documentName: string
  readonly content: string
  readonly lang: string
  readonly enabled: boolean
  readonly source: string
  readonly pair: { readonly question: string; readonly answer: string } | null
  readonly createdAt: Date
  readonly score: number
}

/** BM25 over the same index by the product's own statement. */
export const search = (sql: Sql, workspace: string, terms: ReadonlyArray<QueryTerm>): PromiseLike<Array<Passage>> =>
  sql<Array<Passage>>`
    with base as materialized (
      select chunk_count, 0.3::float8 as floor,
        0.9::float8 * chunk_count / total_length as slope
      from knowledge_base
      where workspace_id = ${workspace} and knowledge_base_id = 1 and total_length > 0
    ), known as (
      select asked.term, asked.weight, frequency, latest, max(frequency) over (partition by asked.word) as common
      from unnest(
        ${terms.map(({ term }) => term)}::text[], ${terms.map(({ weight }) => weight)}::float8[],
        ${terms.map(({ word }) => word)}::integer[]
      ) as asked (term, weight, word)
      cross join lateral (
        select frequency, postings as latest from knowledge_term
        where workspace_id = ${workspace} and knowledge_base_id = 1 and term = asked.term
        limit 1
      ) as found
    ), weighed as materialized (
      select term, frequency, latest,
        2.2::float8 * weight * ln(1 + (chunk_count - common + 0.5::float8) / (common + 0.5::float8)) as value,
        sum(frequency) over (order by frequency, term) as total
      from known cross join base
    ), rare as materialized (
      select * from weighed where total <= 12000 or total = frequency
    ), frequent as materialized (
      select * from weighed where total > 12000 and total <> frequency
    ), read as (
      select value, unnest(latest) as posting from rare
      union all
      select value, unnest(postings) as posting from rare cross join lateral (
        select postings from posting_block
        where workspace_id = ${workspace} and knowledge_base_id = 1 and term = rare.term
        limit 12000
      ) as block
      where frequency > cardinality(latest)
    ), candidate as materialized (
      select (posting >> 32)::integer as chunk_key, sum(
        value / (
          1 + ((select floor from base) + (select slope from base) * (posting & 32767)) / ((posting >> 16) & 32767)
        )
      ) as score
      from read group by 1 order by score desc, 1 limit 200
    ), hopeful as materialized (
      select * from candidate
      where score + coalesce((select sum(value) from frequent), 0)
        >= (select min(score) from (select score from candidate order by score desc limit 8) as first)
    ), best as materialized (
      select hopeful.chunk_key, hopeful.score + coalesce(completed.score, 0) as score
      from hopeful cross join lateral (
        select sum(
          value / (
          1 + ((select floor from base) + (select slope from base) * (posting & 32767)) / ((posting >> 16) & 32767)
        )
        ) as score
        from frequent cross join lateral (
          select case when (latest[1] >> 32)::integer <= hopeful.chunk_key then latest else (
            select postings from posting_block
            where workspace_id = ${workspace} and knowledge_base_id = 1 and term = frequent.term
              and first_key <= hopeful.chunk_key
            order by first_key desc limit 1
          ) end as postings
          offset 0
        ) as block cross join lateral (
          select postings[width_bucket(((hopeful.chunk_key + 1)::bigint << 32) - 1, postings)] as posting
          offset 0
        ) as found
        where (posting >> 32)::integer = hopeful.chunk_key
      ) as completed
      order by score desc, chunk_key limit 8
    )
    select chunk.id, chunk.document_id as "documentId", document.name as "documentName", chunk.content, chunk.lang,
      chunk.enabled, chunk.source, chunk.pair, chunk.created_at as "createdAt", best.score,
      base.chunk_count as "chunkCount", (select json_object_agg(term, frequency) from weighed) as frequencies
    from best cross join base cross join lateral (
      select * from chunk
      where workspace_id = ${workspace} and knowledge_base_id = 1 and key = best.chunk_key
      limit 1
    ) as chunk cross join lateral (
      select name from document where workspace_id = ${workspace} and id = chunk.document_id
      limit 1
    ) as document
    order by best.score desc, best.chunk_key`
