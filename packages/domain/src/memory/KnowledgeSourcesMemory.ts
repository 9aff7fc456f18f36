import { Clock, Effect, Layer } from "effect"
import type { KnowledgeBaseId, SourceId, WorkspaceId } from "../ids/brands.ts"
import { KnowledgeBaseNotFound } from "../knowledge/KnowledgeBase.ts"
import { SourceNotFound } from "../knowledge/KnowledgeSource.ts"
import { KnowledgeSources, UPLOAD_MS } from "../knowledge/KnowledgeSources.ts"
import { Wakeups } from "../lane/Wakeups.ts"
import { FilesLimitReached, LinksLimitReached } from "../whitelabel/Entitlement.ts"
import { changeSourceInMemory, syncInMemory } from "./scheduleInMemory.ts"
import { currentDate } from "./currentDate.ts"
import { quotaOf } from "./entitlementInMemory.ts"
import { itemsInOrder } from "./itemsInMemory.ts"
import { KnowledgeStore, type StoredKnowledge } from "./KnowledgeStore.ts"
import { MemoryStore } from "./MemoryStore.ts"
import { removeSourceInMemory } from "./removeSourceInMemory.ts"
import { countFiles, countLinks } from "./sourceQuotas.ts"
import { newStoredSource, positionOf, shownItem, shownSource } from "./StoredSource.ts"

const wake = Effect.flatMap(Wakeups, ({ signal }) => signal("ingestion"))

const inBase = Effect.fnUntraced(function* ({ bases }: StoredKnowledge, knowledgeBaseId: KnowledgeBaseId) {
  if (!bases.has(knowledgeBaseId)) return yield* new KnowledgeBaseNotFound({ knowledgeBaseId })
})

/** `KnowledgeSources` over the shared memory. */
export const KnowledgeSourcesMemory: Layer.Layer<KnowledgeSources, never, KnowledgeStore | MemoryStore> = Layer.effect(
  KnowledgeSources,
  Effect.gen(function* () {
    const [knowledge, store] = [yield* KnowledgeStore, yield* MemoryStore]

    const get = Effect.fnUntraced(function* (workspaceId: WorkspaceId, sourceId: SourceId, uploading = false) {
      const found = knowledge.of(workspaceId).sources.get(sourceId)
      const isThere = found !== undefined && (found.source.status === "uploading") === uploading
      return isThere ? found : yield* new SourceNotFound({ sourceId })
    })

    return KnowledgeSources.of({
      create: Effect.fn("KnowledgeSources.create")(function* (workspaceId, added) {
        const now = yield* currentDate
        const stored = knowledge.of(workspaceId)
        const quota = quotaOf(store, workspaceId, "linksQuota")
        const used = countLinks(stored)
        if (quota !== null && used + added.length > quota) return yield* new LinksLimitReached({ quota, used })
        for (const { knowledgeBaseId } of added) yield* inBase(stored, knowledgeBaseId)
        const made = added.map((source) => newStoredSource(source, "queued", now, 0))
        for (const each of made) stored.sources.set(each.source.id, each)
        yield* wake
        return made.map(shownSource)
      }),
      open: Effect.fn("KnowledgeSources.open")(function* (workspaceId, source) {
        const now = yield* currentDate
        const stored = knowledge.of(workspaceId)
        const quota = quotaOf(store, workspaceId, "filesQuota")
        if (quota !== null && countFiles(stored) >= quota) return yield* new FilesLimitReached({ quota })
        yield* inBase(stored, source.knowledgeBaseId)
        stored.sources.set(source.id, newStoredSource(source, "uploading", now, UPLOAD_MS))
      }),
      append: (workspaceId, id, part, bytes) =>
        Effect.map(get(workspaceId, id, true), ({ parts }) => void parts.set(part, bytes.slice())),
      submit: Effect.fn("KnowledgeSources.submit")(function* (workspaceId, id, file) {
        const now = yield* Clock.currentTimeMillis
        const stored = yield* get(workspaceId, id, true)
        yield* inBase(knowledge.of(workspaceId), file.knowledgeBaseId)
        const { kind, knowledgeBaseId, name, size } = file
        stored.source = { ...stored.source, kind, name, knowledgeBaseId, size, status: "queued" }
        stored.lane = { ...stored.lane, nextAt: now }
        yield* wake
        return shownSource(stored)
      }),
      list: (workspaceId, { after, knowledgeBaseId, limit }) =>
        Effect.sync(() =>
          Array.from(knowledge.of(workspaceId).sources.values())
            .filter(({ source }) => source.status !== "uploading")
            .filter(({ source }) => knowledgeBaseId === null || source.knowledgeBaseId === knowledgeBaseId)
            .filter(({ source }) => after === null || positionOf(source.id) < BigInt(after))
            .toSorted((a, b) => (positionOf(a.source.id) > positionOf(b.source.id) ? -1 : 1))
            .slice(0, limit)
            .map(shownSource)
        ),
      find: (workspaceId, id) => Effect.option(Effect.map(get(workspaceId, id), shownSource)),
      items: (workspaceId, id, { after, limit, status }) =>
        Effect.map(get(workspaceId, id), (stored) =>
          itemsInOrder(stored)
            .filter((item) => status === null || item.status === status)
            .filter((item) => after === null || BigInt(item.id) > BigInt(after))
            .slice(0, limit)
            .map(shownItem)
        ),
      change: Effect.fn("KnowledgeSources.change")(function* (workspaceId, id, change) {
        const stored = yield* get(workspaceId, id)
        changeSourceInMemory(stored, change)
        yield* wake
        return shownSource(stored)
      }),
      sync: Effect.fn("KnowledgeSources.sync")(function* (workspaceId, id) {
        const now = yield* Clock.currentTimeMillis
        const stored = yield* get(workspaceId, id)
        syncInMemory(stored, now)
        yield* wake
        return shownSource(stored)
      }),
      remove: (workspaceId, sourceId) =>
        Effect.suspend(() =>
          removeSourceInMemory(knowledge.of(workspaceId), sourceId)
            ? Effect.void
            : Effect.fail(new SourceNotFound({ sourceId }))
        )
    })
  })
)
