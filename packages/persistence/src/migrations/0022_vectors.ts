import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

/**
 * How far the chunks of each knowledge base have vectors, by their keys, which are given in the order they become visible. The
 * vectors themselves are in a table that is made when the database turns out to have pgvector.
 */
export const vectors: Migration = {
  up: async (db: Kysely<unknown>) => {
    await sql`
      create table knowledge_vectors (
        workspace_id uuid not null,
        knowledge_base_id smallint not null,
        model text not null,
        through_key integer not null,
        due_at timestamptz not null,
        constraint knowledge_vectors_pkey primary key (workspace_id, knowledge_base_id),
        constraint knowledge_vectors_base_fkey foreign key (workspace_id, knowledge_base_id)
          references knowledge_base on delete cascade
      ) with (fillfactor = 50)
    `.execute(db)
  }
}
