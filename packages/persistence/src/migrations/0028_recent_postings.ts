import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

/**
 * The latest documents' postings, one row for each of a document's buckets of terms, until they are merged into the terms' own
 * rows: a Chinese document has 2,300 terms, and to write as many rows anew for each document is what bringing it in was spent on.
 */
const statements = [
  `create table posting_recent (
     workspace_id uuid not null,
     first_key integer not null,
     knowledge_base_id smallint not null,
     bucket smallint not null,
     terms text[] collate "C" not null,
     postings bigint[] not null,
     constraint posting_recent_pkey primary key (workspace_id, knowledge_base_id, bucket, first_key)
   )`,
  `alter table knowledge_base add column recent_postings integer not null default 0`
]

export const recentPostings: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
}
