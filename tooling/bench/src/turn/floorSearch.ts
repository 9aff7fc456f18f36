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
      select asked.term, asked.weight, frequency, max(frequency) over (partition by asked.word) as common
      from unnest(
        ${terms.map(({ term }) => term)}::text[], ${terms.map(({ weight }) => weight)}::float8[],
        ${terms.map(({ word }) => word)}::integer[]
      ) as asked (term, weight, word)
      cross join lateral (
        select frequency from knowledge_term
        where workspace_id = ${workspace} and knowledge_base_id = 1 and term = asked.term
        limit 1
      ) as found
    ), weighed as materialized (
      select term, frequency,
        2.2::float8 * weight * ln(1 + (chunk_count - common + 0.5::float8) / (common + 0.5::float8)) as value,
        sum(frequency) over (order by frequency, term) as total
      from known cross join base
    ), candidate as materialized (
      select chunk_key, sum(value * occurrences / (occurrences + floor + slope * length)) as score
      from weighed cross join base cross join lateral (
        select chunk_key, occurrences, length from posting
        where workspace_id = ${workspace} and knowledge_base_id = 1 and term = weighed.term
        limit 12000
      ) as posting
      where total <= 12000 or total = frequency
      group by chunk_key order by score desc, chunk_key limit 200
    ), best as materialized (
      select candidate.chunk_key, candidate.score + coalesce(completed.score, 0) as score
      from candidate cross join base cross join lateral (
        select sum(value * occurrences / (occurrences + floor + slope * length)) as score
        from weighed cross join lateral (
          select occurrences, length from posting
          where workspace_id = ${workspace} and knowledge_base_id = 1 and term = weighed.term
            and chunk_key = candidate.chunk_key
          limit 1
        ) as posting
        where total > 12000 and total <> frequency
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
