import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

/**
 * Sources, the bytes of those that are files, and their items. `run` numbers the readings of a source; an item has that of the
 * last one that came to it. An item's documents bear its id in theirs.
 */
const statements = [
  `create table knowledge_source (
     workspace_id uuid not null,
     id text collate "C" not null,
     position bigint not null,
     knowledge_base_id smallint not null,
     kind text not null,
     name text not null,
     url text,
     max_pages integer not null,
     max_depth integer not null,
     size bigint,
     sync_frequency text not null,
     status text not null,
     run integer not null default 0,
     error jsonb,
     created_at timestamptz(3) not null default now(),
     synced_at timestamptz(3),
     next_sync_at timestamptz(3),
     removed_at timestamptz(3),
     constraint knowledge_source_pkey primary key (workspace_id, id),
     constraint knowledge_source_base_fkey foreign key (workspace_id, knowledge_base_id) references knowledge_base,
     constraint knowledge_source_kind_check check
       (kind in ('text', 'markdown', 'pairs', 'csv', 'html', 'pdf', 'docx', 'url', 'site', 'sitemap')),
     constraint knowledge_source_url_check check ((url is not null) = (kind in ('url', 'site', 'sitemap'))),
     constraint knowledge_source_frequency_check check (sync_frequency in ('never', 'daily', 'weekly', 'monthly')),
     constraint knowledge_source_status_check check (status in ('uploading', 'queued', 'syncing', 'ready', 'failed')),
     constraint knowledge_source_error_check check (jsonb_typeof(error) = 'object')
   )`,
  `create index knowledge_source_position_idx on knowledge_source (workspace_id, position)
     where removed_at is null and status <> 'uploading'`,
  `create index knowledge_source_base_idx on knowledge_source (workspace_id, knowledge_base_id, position)`,
  // Parts of a size that a statement carries with ease; what is compressed already stays as it is.
  `create table knowledge_file (
     workspace_id uuid not null,
     source_id text collate "C" not null,
     part integer not null,
     bytes bytea not null,
     constraint knowledge_file_pkey primary key (workspace_id, source_id, part)
   )`,
  `create table knowledge_source_item (
     workspace_id uuid not null,
     source_id text collate "C" not null,
     id bigint not null,
     locator text collate "C" not null,
     depth smallint not null,
     run integer not null,
     status text not null,
     error jsonb,
     title text,
     etag text,
     last_modified text,
     content_hash text,
     links jsonb not null default '[]',
     document_count integer not null default 0,
     chunk_count integer not null default 0,
     read_at timestamptz(3),
     constraint knowledge_source_item_pkey primary key (workspace_id, source_id, id),
     constraint knowledge_source_item_locator_key unique (workspace_id, source_id, locator),
     constraint knowledge_source_item_status_check check (status in ('pending', 'ready', 'skipped', 'failed')),
     constraint knowledge_source_item_error_check check (jsonb_typeof(error) = 'object'),
     constraint knowledge_source_item_links_check check (jsonb_typeof(links) = 'array')
   ) with (fillfactor = 80)`,
  `create index knowledge_source_item_pending_idx on knowledge_source_item (workspace_id, source_id, depth, id)
     where status = 'pending'`,
  `create index knowledge_source_item_hash_idx on knowledge_source_item (workspace_id, source_id, content_hash)
     where content_hash is not null`,
  `create index document_source_idx on document (workspace_id, source_id) where source_id is not null`
]

export const knowledgeSources: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
}
