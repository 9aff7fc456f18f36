import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

/**
 * Postings in arrays, each posting as one number: the chunk's key, how often it has the term, and its length, in 32, 16 and 16 bits.
 * A term's row holds its latest ones; full rows are moved to `posting_block`. A chunk of Chinese has some 400 terms, and a row for
 * each of its postings, in a table and its index, is what bringing it in was spent on.
 */
const statements = [
  `create table posting_block (
     workspace_id uuid not null,
     first_key integer not null,
     knowledge_base_id smallint not null,
     term text collate "C" not null,
     postings bigint[] not null,
     constraint posting_block_pkey primary key (workspace_id, knowledge_base_id, term, first_key)
   )`,
  `create temporary table packed on commit drop as
   select workspace_id, knowledge_base_id, term, min(chunk_key) as first_key, max(place) as through,
     array_agg((chunk_key::bigint << 32) + (occurrences::bigint << 16) + length order by chunk_key) as postings
   from (
     select *, row_number() over (partition by workspace_id, knowledge_base_id, term order by chunk_key) as place from posting
   ) as placed
   group by workspace_id, knowledge_base_id, term, (place - 1) / 32`,
  `insert into posting_block (workspace_id, first_key, knowledge_base_id, term, postings)
   select workspace_id, first_key, knowledge_base_id, term, postings
   from packed join knowledge_term known using (workspace_id, knowledge_base_id, term)
   where through < frequency
   order by workspace_id, knowledge_base_id, term, first_key`,
  `create table term (
     workspace_id uuid not null,
     frequency integer not null,
     knowledge_base_id smallint not null,
     term text collate "C" not null,
     postings bigint[] not null
   ) with (fillfactor = 60)`,
  `insert into term (workspace_id, frequency, knowledge_base_id, term, postings)
   select workspace_id, through, knowledge_base_id, term, postings
   from packed join knowledge_term known using (workspace_id, knowledge_base_id, term)
   where through = frequency
   order by workspace_id, knowledge_base_id, term`,
  `drop table knowledge_term, posting`,
  `alter table term rename to knowledge_term`,
  `alter table knowledge_term
     add constraint knowledge_term_pkey primary key (workspace_id, knowledge_base_id, term)`
]

export const packedPostings: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
}
