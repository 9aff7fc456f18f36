import type { ItemOutcome, PendingItem } from "../knowledge/Ingestion.ts"
import { type SourceItemId, UNREACHABLE } from "../knowledge/KnowledgeSource.ts"
import type { StoredItem, StoredSource } from "./StoredSource.ts"

const pendingItem = (item: StoredItem): PendingItem => {
  const { contentHash, depth, documentCount, etag, id, lastModified, links, locator } = item
  return { id, locator, depth, etag, lastModified, contentHash, links, documentCount }
}

/** All items, in the order they were found. */
export const itemsInOrder = (stored: StoredSource | undefined): ReadonlyArray<StoredItem> =>
  Array.from(stored?.items.values() ?? []).toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))

/** The next items to read, nearest to the start first. */
export const pendingItems = (stored: StoredSource | undefined, limit: number): ReadonlyArray<PendingItem> =>
  itemsInOrder(stored)
    .filter(({ status }) => status === "pending")
    .toSorted((a, b) => a.depth - b.depth)
    .slice(0, limit)
    .map(pendingItem)

/** Those that the reading which is under way has come to. */
export const itemsOfRun = (stored: StoredSource | undefined): ReadonlyArray<StoredItem> =>
  itemsInOrder(stored).filter(({ run }) => run === stored?.run)

/** Whether another item has been read to the same effect in this reading. */
export const isRepeated = (stored: StoredSource | undefined, item: SourceItemId, contentHash: string): boolean =>
  itemsOfRun(stored).some((each) => each.contentHash === contentHash && each.status === "ready" && each.id !== item)

/** Notes what came of an item. What is not named is as it was the last time. */
export const settleItem = (
  { items }: StoredSource,
  id: SourceItemId,
  { found: _found, ...outcome }: ItemOutcome,
  readAt: Date
): void => {
  const item = items.get(id)
  if (item !== undefined) items.set(id, { ...item, ...outcome, readAt })
}

const isMissed = ({ error, status }: StoredItem): boolean => status === "failed" && error?.code === UNREACHABLE

/** Takes out some of the items that this reading has not come to; none while some that it has come to could not be reached. */
export const takeVanished = (stored: StoredSource, limit: number): ReadonlyArray<StoredItem> => {
  const { items, run } = stored
  if (itemsOfRun(stored).some(isMissed)) return []
  const gone = itemsInOrder(stored)
    .filter((item) => item.run < run)
    .slice(0, limit)
  for (const { id } of gone) items.delete(id)
  return gone
}
