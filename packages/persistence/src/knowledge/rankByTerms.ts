import { BM25, type KnowledgeQuery, type WorkspaceId } from "@butler/domain"
import { type RawBuilder, sql } from "kysely"

/**
 * How many postings a search reads in full, rarest terms first. Within it the result is exact. With 100,000 chunks p50 is 18 ms on
 * two cores that five other jobs share; with 20,000 postings it was 32.
 */
const BUDGET = 12_000

/** How many of the best chunks by the rarest terms are scored by the frequent ones too. */
const CANDIDATES = 200

/**
 * The CTEs `base`, `weighed` and `best` of a search: BM25 over several knowledge bases as if they were one. Terms are read from
 * the rarest up while their postings fit the budget; what is left are words such as "the", which decide little and are looked up
 * for the best candidates alone. The forms of a word share the frequency of the most frequent one. Each `limit` keeps a table
 * behind its index: new tables have no statistics yet, and without them the planner would rather read a workspace's terms whole.
 */
export const rankByTerms = (
  workspaceId: WorkspaceId,
  { knowledgeBaseIds, limit, terms }: Pick<KnowledgeQuery, "knowledgeBaseIds" | "limit" | "terms">
): RawBuilder<unknown> => sql`
  base as materialized (
    select sum(chunk_count)::integer as chunk_count, ${BM25.k1 * (1 - BM25.b)}::float8 as floor,
      ${BM25.k1 * BM25.b}::float8 * sum(chunk_count)::float8 / sum(total_length)::float8 as slope
    from knowledge_base
    where workspace_id = ${workspaceId} and knowledge_base_id = any(${knowledgeBaseIds}::smallint[])
    having sum(total_length) > 0
  ), known as (
    select asked.term, asked.weight, asked.word, chosen.id as base_id, frequency as in_base,
      sum(frequency) over (partition by asked.word, asked.term) as frequency
    from unnest(
      ${terms.map(({ term }) => term)}::text[], ${terms.map(({ weight }) => weight)}::float8[],
      ${terms.map(({ word }) => word)}::integer[]
    ) as asked (term, weight, word)
    cross join unnest(${[...new Set(knowledgeBaseIds)]}::smallint[]) as chosen (id)
    cross join lateral (
      select frequency from knowledge_term
      where workspace_id = ${workspaceId} and knowledge_base_id = chosen.id and term = asked.term
      limit 1
    ) as found
  ), common as (
    select *, max(frequency) over (partition by word) as common from known
  ), weighed as materialized (
    select term, base_id, frequency,
      ${BM25.k1 + 1}::float8 * weight * ln(1 + (chunk_count - common + 0.5::float8) / (common + 0.5::float8)) as value,
      sum(in_base) over (order by frequency, term) as total
    from common cross join base
  ), candidate as materialized (
    select base_id, chunk_key, sum(value * occurrences / (occurrences + floor + slope * length)) as score
    from weighed cross join base cross join lateral (
      select chunk_key, occurrences, length from posting
      where workspace_id = ${workspaceId} and knowledge_base_id = weighed.base_id and term = weighed.term
      limit ${BUDGET}
    ) as posting
    where total <= ${BUDGET} or total = frequency
    group by base_id, chunk_key order by score desc, base_id, chunk_key limit ${Math.max(CANDIDATES, limit)}
  ), best as materialized (
    select candidate.base_id, candidate.chunk_key, candidate.score + coalesce(completed.score, 0) as score
    from candidate cross join base cross join lateral (
      select sum(value * occurrences / (occurrences + floor + slope * length)) as score
      from weighed cross join lateral (
        select occurrences, length from posting
        where workspace_id = ${workspaceId} and knowledge_base_id = candidate.base_id and term = weighed.term
          and chunk_key = candidate.chunk_key
        limit 1
      ) as posting
      where weighed.base_id = candidate.base_id and total > ${BUDGET} and total <> frequency
    ) as completed
    order by score desc, base_id, chunk_key limit ${limit}
  )`
