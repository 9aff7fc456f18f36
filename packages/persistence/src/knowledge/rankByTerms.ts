import { BM25, type KnowledgeQuery, type QueryTerm, type WorkspaceId } from "@butler/domain"
import { type RawBuilder, sql } from "kysely"
import { unseen } from "../database/unseen.ts"
import { bucketOf } from "./bucketOf.ts"
import { keyOf, lengthOf, occurrencesOf, postingOf } from "./posting.ts"

export interface RankBounds {
  /** How many postings a search reads in full, rarest terms first. Within it the result is exact. */
  readonly budget: number
  /** How many of the best chunks by the rarest terms may be scored by the frequent ones too. */
  readonly candidates: number
}

/** With 100,000 chunks p50 is 18 ms on two cores that five other jobs share; with 20,000 postings it was 32. */
export const RANK_BOUNDS: RankBounds = { budget: 12_000, candidates: 200 }

/** BM25 of a posting, by its term's `value`; written with one division more and one look at the posting less. */
const scoreOf = (posting: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`value / (1 + ((select floor from base) + (select slope from base) * ${lengthOf(posting)}) / ${occurrencesOf(posting)})`

/**
 * The CTEs `base`, `weighed` and `best` of a search: BM25 over several knowledge bases as if they were one. Terms are read from
 * the rarest up while their postings fit the budget; what is left are words such as "the", which decide little and are looked up
 * for the best candidates alone, as far as they can still bring those among the first. The forms of a word share the frequency of
 * the most frequent one. Each `limit` keeps a table behind its index: new tables have no statistics yet, and without them the
 * planner would rather read a workspace's terms whole. Each `offset` keeps an expression from being evaluated for every use of it.
 */
export const rankByTerms = (
  workspaceId: WorkspaceId,
  { knowledgeBaseIds, limit, terms }: Pick<KnowledgeQuery, "knowledgeBaseIds" | "limit" | "terms">,
  { budget, candidates }: RankBounds = RANK_BOUNDS
): RawBuilder<unknown> => {
  const asked = (of: (term: QueryTerm) => string | number, type: "text[]" | "float8[]" | "integer[]") =>
    unseen(terms.map(of), type)
  return sql`
  base as materialized (
    select sum(chunk_count)::integer as chunk_count, ${sql.lit(BM25.k1 * (1 - BM25.b))}::float8 as floor,
      ${sql.lit(BM25.k1 * BM25.b)}::float8 * sum(chunk_count)::float8 / sum(total_length)::float8 as slope
    from knowledge_base
    where workspace_id = ${workspaceId} and knowledge_base_id = any(${unseen(knowledgeBaseIds, "smallint[]")}::smallint[])
    having sum(total_length) > 0
  ), known as (
    select asked.term, asked.weight, asked.word, chosen.id as base_id, in_base, latest,
      sum(in_base) over (partition by asked.word, asked.term) as frequency
    from unnest(
      ${asked(({ term }) => term, "text[]")}, ${asked(({ weight }) => weight, "float8[]")},
      ${asked(({ word }) => word, "integer[]")}, ${asked(({ term }) => bucketOf(term), "integer[]")}
    ) as asked (term, weight, word, bucket)
    cross join unnest(${unseen([...new Set(knowledgeBaseIds)], "smallint[]")}) as chosen (id)
    left join lateral (
      select frequency, postings from knowledge_term
      where workspace_id = ${workspaceId} and knowledge_base_id = chosen.id and term = asked.term
      limit 1
    ) as merged on true
    cross join lateral (
      select array_agg(posting order by posting) as postings from (
        select terms, postings from posting_recent
        where workspace_id = ${workspaceId} and knowledge_base_id = chosen.id and bucket = asked.bucket
          and asked.term = any(terms)
        limit ${sql.lit(budget)}
      ) as listed cross join lateral unnest(listed.terms, listed.postings) as given (term, posting)
      where given.term = asked.term
    ) as recent
    cross join lateral (
      select coalesce(merged.frequency, 0) + coalesce(cardinality(recent.postings), 0) as in_base,
        coalesce(merged.postings, '{}') || coalesce(recent.postings, '{}') as latest
      offset 0
    ) as found
    where in_base > 0
  ), common as (
    select *, max(frequency) over (partition by word) as common from known
  ), weighed as materialized (
    select term, base_id, frequency, in_base, latest,
      ${sql.lit(BM25.k1 + 1)}::float8 * weight * ln(1 + (chunk_count - common + 0.5::float8) / (common + 0.5::float8)) as value,
      sum(in_base) over (order by frequency, term) as total
    from common cross join base
  ), rare as materialized (
    select * from weighed where total <= ${sql.lit(budget)} or total = frequency
  ), frequent as materialized (
    select * from weighed where total > ${sql.lit(budget)} and total <> frequency
  ), read as (
    select base_id, value, unnest(latest) as posting from rare
    union all
    select base_id, value, unnest(postings) as posting from rare cross join lateral (
      select postings from posting_block
      where workspace_id = ${workspaceId} and knowledge_base_id = base_id and term = rare.term
      limit ${sql.lit(budget)}
    ) as block
    where in_base > cardinality(latest)
  ), candidate as materialized (
    select base_id, ${keyOf(sql`posting`)} as chunk_key, sum(${scoreOf(sql`posting`)}) as score
    from read
    group by 1, 2 order by score desc, 1, 2 limit ${sql.lit(Math.max(candidates, limit))}
  ), hopeful as materialized (
    select * from candidate
    where score + coalesce((select sum(value) from frequent), 0)
      >= (select min(score) from (select score from candidate order by score desc limit ${unseen(limit, "integer")}) as first)
  ), best as materialized (
    select hopeful.base_id, hopeful.chunk_key, hopeful.score + coalesce(completed.score, 0) as score
    from hopeful cross join lateral (
      select sum(${scoreOf(sql`posting`)}) as score
      from frequent cross join lateral (
        select case when ${keyOf(sql`latest[1]`)} <= hopeful.chunk_key then latest else (
          select postings from posting_block
          where workspace_id = ${workspaceId} and knowledge_base_id = hopeful.base_id and term = frequent.term
            and first_key <= hopeful.chunk_key
          order by first_key desc limit 1
        ) end as postings
        offset 0
      ) as block cross join lateral (
        select ${postingOf(sql`postings`, sql`hopeful.chunk_key`)} as posting
        offset 0
      ) as found
      where frequent.base_id = hopeful.base_id and ${keyOf(sql`posting`)} = hopeful.chunk_key
    ) as completed
    order by score desc, base_id, chunk_key limit ${unseen(limit, "integer")}
  )`
}
