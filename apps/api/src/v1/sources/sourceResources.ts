import type { SourceItemResource, SourceResource } from "@butler/contracts"
import type { KnowledgeSource, SourceItem } from "@butler/domain"

const isoOrNull = (date: Date | null): string | null => (date === null ? null : date.toISOString())

export const sourceResource = (source: KnowledgeSource): SourceResource => ({
  ...source,
  createdAt: source.createdAt.toISOString(),
  syncedAt: isoOrNull(source.syncedAt),
  nextSyncAt: isoOrNull(source.nextSyncAt)
})

export const sourceItemResource = (item: SourceItem): SourceItemResource => ({
  ...item,
  readAt: isoOrNull(item.readAt)
})
