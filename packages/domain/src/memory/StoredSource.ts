import type { SourceId } from "../ids/brands.ts"
import type {
  IngestError,
  ItemStatus,
  KnowledgeSource,
  SourceItem,
  SourceItemId
} from "../knowledge/KnowledgeSource.ts"
import type { PendingItem } from "../knowledge/Ingestion.ts"
import type { NewSource } from "../knowledge/KnowledgeSources.ts"
import { idleLane, type Lane } from "../lane/Lane.ts"

export interface StoredItem extends PendingItem {
  /** The last reading that came to it. */
  readonly run: number
  readonly status: ItemStatus
  readonly error: IngestError | null
  readonly title: string | null
  readonly chunkCount: number
  readonly readAt: Date | null
}

/** A source with all that is kept by it: `lane` orders its readings, which `run` numbers. */
export interface StoredSource {
  source: Omit<KnowledgeSource, "items">
  lane: Lane
  run: number
  /** Of a file, by their numbers. */
  readonly parts: Map<number, Uint8Array>
  readonly items: Map<SourceItemId, StoredItem>
}

/** A source as it is added, due after `dueMs`. */
export const newStoredSource = (
  { id, knowledgeBaseId, kind, maxDepth, maxPages, name, syncFrequency, url }: NewSource,
  status: "queued" | "uploading",
  createdAt: Date,
  dueMs: number
): StoredSource => {
  const given = { id, knowledgeBaseId, kind, name, url, maxPages, maxDepth, syncFrequency }
  return {
    source: { ...given, status, createdAt, size: null, error: null, syncedAt: null, nextSyncAt: null },
    lane: { ...idleLane, lastSeq: 1, nextAt: createdAt.getTime() + dueMs },
    run: 0,
    parts: new Map(),
    items: new Map()
  }
}

/** The source as it is shown. */
export const shownSource = ({ items, source }: StoredSource): KnowledgeSource => {
  const counts = { pending: 0, ready: 0, skipped: 0, failed: 0 }
  for (const { status } of items.values()) counts[status] += 1
  return { ...source, items: counts }
}

/** The item as it is shown. */
export const shownItem = (stored: StoredItem): SourceItem => {
  const { chunkCount, documentCount, error, id, locator, readAt, status, title } = stored
  return { id, locator, title, status, error, documentCount, chunkCount, readAt }
}

/** Where it stands in a list; the newest has the highest place. */
export const positionOf = (id: SourceId): bigint => BigInt(id.slice("src_".length))

const DAY_MS = 86_400_000

const SYNC_DAYS = { daily: 1, weekly: 7, monthly: 30 } as const

/** When a source that was read at `syncedAt` is due again; null: not by itself. */
export const nextSyncOf = ({ syncFrequency }: Pick<KnowledgeSource, "syncFrequency">, syncedAt: Date): Date | null =>
  syncFrequency === "never" ? null : new Date(syncedAt.getTime() + SYNC_DAYS[syncFrequency] * DAY_MS)
