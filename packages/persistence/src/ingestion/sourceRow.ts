import { KnowledgeSource } from "@butler/domain"
import { Schema } from "effect"
import { sql } from "kysely"

/** The columns of `knowledge_source s`. */
export const sourceColumns = sql`
  s.id, s.knowledge_base_id as "knowledgeBaseId", s.kind, s.name, s.url, s.max_pages as "maxPages",
  s.max_depth as "maxDepth", s.size::float8 as size, s.sync_frequency as "syncFrequency", s.status, s.error,
  s.created_at as "createdAt", s.synced_at as "syncedAt", s.next_sync_at as "nextSyncAt", (
    select jsonb_build_object(
      'pending', count(*) filter (where i.status = 'pending'), 'ready', count(*) filter (where i.status = 'ready'),
      'skipped', count(*) filter (where i.status = 'skipped'), 'failed', count(*) filter (where i.status = 'failed')
    )
    from knowledge_source_item i where i.workspace_id = s.workspace_id and i.source_id = s.id
  ) as items`

/** Those that are shown. */
export const isShown = sql`s.removed_at is null and s.status <> 'uploading'`

export const decodeSource = Schema.decodeUnknownEffect(KnowledgeSource)
export const decodeSources = Schema.decodeUnknownEffect(Schema.Array(KnowledgeSource))

/** When a source of such a frequency is due again; null: not by itself. */
export const syncPause = sql`
  case s.sync_frequency
    when 'daily' then interval '1 day' when 'weekly' then interval '7 days' when 'monthly' then interval '30 days'
  end`
