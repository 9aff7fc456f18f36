import { Clock, Effect, Layer, Option } from "effect"
import { SourceId } from "../ids/brands.ts"
import { Ids } from "../ids/Ids.ts"
import {
  type FoundItem,
  Ingestion,
  type PendingItem,
  SourceLeaseLost,
  type SourceWork
} from "../knowledge/Ingestion.ts"
import { documentIdsOf, SourceItemId } from "../knowledge/KnowledgeSource.ts"
import type { Lease } from "../lane/Lane.ts"
import { addItems, type IdentifiedItem } from "./addItems.ts"
import { claimSourcesInMemory } from "./claimSourcesInMemory.ts"
import { currentDate } from "./currentDate.ts"
import { quotaOf } from "./entitlementInMemory.ts"
import { isRepeated, itemsOfRun, pendingItems, settleItem, takeVanished } from "./itemsInMemory.ts"
import { KnowledgeStore, type StoredKnowledge } from "./KnowledgeStore.ts"
import { MemoryStore } from "./MemoryStore.ts"
import { putInMemory } from "./putInMemory.ts"
import { removeSourceInMemory } from "./removeSourceInMemory.ts"
import { finishInMemory } from "./scheduleInMemory.ts"
import { countLinks } from "./sourceQuotas.ts"
import type { StoredSource } from "./StoredSource.ts"

const lost = ({ source }: SourceWork) => new SourceLeaseLost({ sourceId: source.id })

const removeDocuments = ({ documents }: StoredKnowledge, item: SourceItemId, from: number, count: number): void => {
  for (const id of documentIdsOf(item, count).slice(from)) documents.delete(id)
}

/** `Ingestion` over the shared memory, with the clock of the caller. */
export const IngestionMemory: Layer.Layer<Ingestion, never, Ids | KnowledgeStore | MemoryStore> = Layer.effect(
  Ingestion,
  Effect.gen(function* () {
    const [ids, knowledge, store] = [yield* Ids, yield* KnowledgeStore, yield* MemoryStore]

    const sourceOf = ({ source, workspaceId }: SourceWork): StoredSource | undefined =>
      knowledge.of(workspaceId).sources.get(source.id)
    const heldBy = ({ key, token, workspaceId }: Lease): StoredSource | null => {
      const stored = knowledge.of(workspaceId).sources.get(SourceId.make(key))
      return stored?.lane.leaseToken === token ? stored : null
    }
    const held = Effect.fnUntraced(function* (work: SourceWork) {
      return heldBy(work.lease) ?? (yield* lost(work))
    })
    const withItem = Effect.fnUntraced(function* (work: SourceWork, { id }: PendingItem) {
      const stored = yield* held(work)
      return stored.items.has(id) ? stored : yield* lost(work)
    })

    const identify = (found: ReadonlyArray<FoundItem>): Effect.Effect<ReadonlyArray<IdentifiedItem>> =>
      Effect.forEach(found, (item) => Effect.map(ids.snowflake, (id) => ({ ...item, id: SourceItemId.make(id) })))
    const add = (work: SourceWork, stored: StoredSource, found: ReadonlyArray<IdentifiedItem>): void => {
      const { counted = false, workspaceId } = work
      const quota = counted ? quotaOf(store, workspaceId, "linksQuota") : null
      const others = countLinks(knowledge.of(workspaceId), stored.source.id)
      addItems(stored, found, quota === null ? Infinity : quota - others - stored.items.size)
    }

    return Ingestion.of({
      claim: (limit, terms) =>
        Effect.map(Clock.currentTimeMillis, (now) => claimSourcesInMemory(knowledge, store, limit, now, terms)),
      heartbeat: (leases, durationMs) =>
        Effect.map(Clock.currentTimeMillis, (now) =>
          leases.filter((lease) => {
            const stored = heldBy(lease)
            if (stored !== null) stored.lane = { ...stored.lane, nextAt: now + durationMs }
            return stored !== null
          })
        ),
      pause: (lease) =>
        Effect.map(Clock.currentTimeMillis, (now) => {
          const stored = heldBy(lease)
          if (stored !== null) stored.lane = { ...stored.lane, leaseToken: null, attempts: 0, nextAt: now }
        }),
      begin: Effect.fn("Ingestion.begin")(function* (work, items) {
        const found = yield* identify(items)
        const stored = yield* held(work)
        stored.run += 1
        stored.source = { ...stored.source, status: "syncing", error: null, nextSyncAt: null }
        add(work, stored, found)
      }),
      known: (work) => Effect.sync(() => itemsOfRun(sourceOf(work)).map(({ locator }) => locator)),
      pending: (work, limit) => Effect.sync(() => pendingItems(sourceOf(work), limit)),
      filePart: (work, part) => Effect.sync(() => Option.fromUndefinedOr(sourceOf(work)?.parts.get(part))),
      isRepeated: (work, item, contentHash) => Effect.sync(() => isRepeated(sourceOf(work), item.id, contentHash)),
      store: Effect.fn("Ingestion.store")(
        function* (work, item, document, chunks) {
          yield* withItem(work, item)
          yield* Effect.fromResult(putInMemory(knowledge.of(work.workspaceId), document, chunks))
        },
        (effect, work) =>
          Effect.catchTags(effect, { KnowledgeBaseNotFound: () => lost(work), ChunkIdTaken: Effect.die })
      ),
      settle: Effect.fn("Ingestion.settle")(function* (work, item, outcome) {
        const [now, found] = [yield* currentDate, yield* identify(outcome.found)]
        const stored = yield* withItem(work, item)
        add(work, stored, found)
        const kept = outcome.documentCount ?? item.documentCount
        removeDocuments(knowledge.of(work.workspaceId), item.id, kept, item.documentCount)
        settleItem(stored, item.id, outcome, now)
      }),
      removeVanished: (work, limit) =>
        Effect.sync(() => {
          const stored = heldBy(work.lease)
          const gone = stored === null ? [] : takeVanished(stored, limit)
          for (const { documentCount, id } of gone) {
            removeDocuments(knowledge.of(work.workspaceId), id, 0, documentCount)
          }
          return gone.length
        }),
      finish: Effect.fn("Ingestion.finish")(function* (work, error) {
        const now = yield* currentDate
        const stored = sourceOf(work)
        const isHeld = stored !== undefined && finishInMemory(stored, work.lease.token, error, now)
        if (!isHeld) return yield* lost(work)
      }),
      removeSource: ({ source, workspaceId }) =>
        Effect.sync(() => void removeSourceInMemory(knowledge.of(workspaceId), source.id))
    })
  })
)
