import { type Kysely, sql } from "kysely"

/**
 * Documents, their chunks and a BM25 index over them. A workspace may come to have several knowledge bases; today each has
 * the one numbered 1. A posting repeats its chunk's length and is covered by its primary key, so that a search reads
 * index pages only. Terms compare byte by byte: the order of a language is of no use here and slow.
 */
const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table knowledge_base (
      workspace_id uuid not null,
      knowledge_base_id smallint not null,
      chunk_count integer not null default 0,
      total_length bigint not null default 0,
      last_document_sequence bigint not null default 0,
      last_chunk_key integer not null default 0,
      constraint knowledge_base_pkey primary key (workspace_id, knowledge_base_id)
    ) with (fillfactor = 50)
  `.execute(db)
  await sql`
    create table document (
      workspace_id uuid not null,
      id text collate "C" not null,
      knowledge_base_id smallint not null,
      sequence bigint not null,
      name text not null,
      lang text not null,
      content jsonb not null,
      chunk_count integer not null,
      created_at timestamptz(3) not null,
      constraint document_pkey primary key (workspace_id, id),
      constraint document_sequence_key unique (workspace_id, knowledge_base_id, sequence),
      constraint document_content_check check (content ->> 'kind' in ('text', 'pairs'))
    )
  `.execute(db)
  await sql`
    create table chunk (
      workspace_id uuid not null,
      knowledge_base_id smallint not null,
      key integer not null,
      id text collate "C" not null,
      document_id text collate "C" not null,
      content text not null,
      lang text not null,
      enabled boolean not null,
      source text not null,
      pair jsonb,
      length smallint not null,
      terms text[] collate "C" not null,
      created_at timestamptz(3) not null,
      constraint chunk_pkey primary key (workspace_id, knowledge_base_id, key),
      constraint chunk_id_key unique (workspace_id, id),
      constraint chunk_document_fkey foreign key (workspace_id, document_id) references document (workspace_id, id),
      constraint chunk_pair_check check (jsonb_typeof(pair) = 'object')
    )
  `.execute(db)
  await sql`create index chunk_document_idx on chunk (workspace_id, document_id)`.execute(db)
  await sql`
    create table knowledge_term (
      workspace_id uuid not null,
      knowledge_base_id smallint not null,
      term text collate "C" not null,
      frequency integer not null,
      constraint knowledge_term_pkey primary key (workspace_id, knowledge_base_id, term)
    ) with (fillfactor = 70)
  `.execute(db)
  await sql`
    create table posting (
      workspace_id uuid not null,
      chunk_key integer not null,
      occurrences smallint not null,
      length smallint not null,
      knowledge_base_id smallint not null,
      term text collate "C" not null,
      constraint posting_pkey primary key (workspace_id, knowledge_base_id, term, chunk_key) include (occurrences, length)
    ) with (autovacuum_vacuum_insert_scale_factor = 0.05)
  `.execute(db)
}

export const knowledge = { up }
