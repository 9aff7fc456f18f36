import type { FoundItem } from "../knowledge/Ingestion.ts"
import type { SourceItemId } from "../knowledge/KnowledgeSource.ts"
import type { StoredItem, StoredSource } from "./StoredSource.ts"

/** An item to add, with the id that it gets if it is new. */
export type IdentifiedItem = FoundItem & { readonly id: SourceItemId }

const NEVER_READ = {
  error: null,
  title: null,
  etag: null,
  lastModified: null,
  contentHash: null,
  links: [],
  documentCount: 0,
  chunkCount: 0,
  readAt: null
} as const

/**
 * Adds what a reading has come to, as far as the source's limit allows; what it has come to before stays as it is. Of those that
 * are new to the source as many as there is `room` for.
 */
export const addItems = (
  { items, run, source }: StoredSource,
  found: ReadonlyArray<IdentifiedItem>,
  room: number
): void => {
  const all = [...items.values()]
  const known = new Map(all.map((item) => [item.locator, item]))
  const left = source.maxPages - all.filter((item) => item.run === run).length
  const fresh = found.filter(({ locator }) => known.get(locator)?.run !== run).slice(0, Math.max(0, left))
  let added = 0
  for (const { depth, id, locator } of fresh) {
    const old = known.get(locator)
    if (old === undefined && ++added > room) continue
    const item: StoredItem = { ...NEVER_READ, id, locator, ...old, depth, run, status: "pending" }
    items.set(item.id, item)
  }
}
