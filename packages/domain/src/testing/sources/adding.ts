import { assert } from "@effect/vitest"
import { Effect, Option } from "effect"
import { KnowledgeBaseId, SourceId } from "../../ids/brands.ts"
import { KnowledgeBaseNotFound } from "../../knowledge/KnowledgeBase.ts"
import { KnowledgeBases } from "../../knowledge/KnowledgeBases.ts"
import { SourceNotFound } from "../../knowledge/KnowledgeSource.ts"
import { KnowledgeSources, SourceCursor } from "../../knowledge/KnowledgeSources.ts"
import { first, newWorkspace, type Tests } from "../fixtures.ts"
import { addSite, site, sites, type SourceStore } from "./fixtures.ts"

/** Web sources are added, listed, changed and removed. */
export const adding = (it: Tests<SourceStore>): void => {
  it.effect("a source comes back as it was added, waits to be read, and is not another workspace's", () =>
    Effect.gen(function* () {
      const [{ workspaceId }, other] = [yield* newWorkspace, yield* newWorkspace]
      const sources = yield* KnowledgeSources
      const given = yield* site({ name: "商店", syncFrequency: "weekly" })
      const added = yield* first(yield* sources.create(workspaceId, [given]))
      const { createdAt: _createdAt, ...shown } = added
      assert.deepStrictEqual(shown, {
        ...given,
        size: null,
        status: "queued",
        error: null,
        items: { pending: 0, ready: 0, skipped: 0, failed: 0 },
        syncedAt: null,
        nextSyncAt: null
      })
      assert.deepStrictEqual(yield* sources.find(workspaceId, given.id), Option.some(added))
      assert.deepStrictEqual(yield* sources.find(other.workspaceId, given.id), Option.none())
      const all = { status: null, limit: 10, after: null }
      const notTheirs = [
        yield* Effect.flip(sources.change(other.workspaceId, given.id, { name: "Theirs" })),
        yield* Effect.flip(sources.sync(other.workspaceId, given.id)),
        yield* Effect.flip(sources.items(other.workspaceId, given.id, all)),
        yield* Effect.flip(sources.remove(other.workspaceId, given.id)),
        yield* Effect.flip(sources.remove(workspaceId, SourceId.make("src_1")))
      ]
      assert.deepStrictEqual(
        notTheirs.map(({ sourceId }) => sourceId),
        [given.id, given.id, given.id, given.id, SourceId.make("src_1")]
      )
      assert.deepStrictEqual(yield* sources.items(workspaceId, given.id, all), [])
      yield* sources.remove(workspaceId, given.id)
      assert.deepStrictEqual(yield* sources.find(workspaceId, given.id), Option.none())
      const again = yield* Effect.flip(sources.remove(workspaceId, given.id))
      assert.deepStrictEqual(again, new SourceNotFound({ sourceId: given.id }))
    })
  )

  it.effect("all are added or none, and only to a knowledge base that is there", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const sources = yield* KnowledgeSources
      const missing = KnowledgeBaseId.make(30_000)
      const refused = yield* Effect.flip(sources.create(workspaceId, yield* sites(2, { knowledgeBaseId: missing })))
      assert.deepStrictEqual(refused, new KnowledgeBaseNotFound({ knowledgeBaseId: missing }))
      const query = { knowledgeBaseId: null, limit: 10, after: null }
      assert.deepStrictEqual(yield* sources.list(workspaceId, query), [])
      const given = yield* sites(3)
      const added = yield* sources.create(workspaceId, given.toReversed())
      assert.deepStrictEqual(
        added.map(({ id }) => id),
        given.map(({ id }) => id).toReversed()
      )
    })
  )

  it.effect("sources are listed newest first, page by page, all or those of one knowledge base", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const sources = yield* KnowledgeSources
      const { id: knowledgeBaseId } = yield* KnowledgeBases.use((bases) => bases.create(workspaceId, "Other"))
      const [one, two, three] = [
        yield* addSite(workspaceId),
        yield* addSite(workspaceId, { knowledgeBaseId }),
        yield* addSite(workspaceId)
      ]
      const list = Effect.fnUntraced(function* (of: KnowledgeBaseId | null, limit: number, last: SourceId | null) {
        const after = last === null ? null : SourceCursor.make(last.slice("src_".length))
        const page = yield* sources.list(workspaceId, { knowledgeBaseId: of, limit, after })
        return page.map(({ id }) => id)
      })
      assert.deepStrictEqual(yield* list(null, 2, null), [three.id, two.id])
      assert.deepStrictEqual(yield* list(null, 2, two.id), [one.id])
      assert.deepStrictEqual(yield* list(knowledgeBaseId, 2, null), [two.id])
    })
  )

  it.effect("a change keeps what it does not name", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const sources = yield* KnowledgeSources
      const added = yield* addSite(workspaceId)
      assert.deepStrictEqual(yield* sources.change(workspaceId, added.id, { name: "Shop" }), { ...added, name: "Shop" })
      const changed = yield* sources.change(workspaceId, added.id, { syncFrequency: "daily" })
      // It waits to be read: when it is due again says the end of that.
      assert.deepStrictEqual(changed, { ...added, name: "Shop", syncFrequency: "daily" })
      assert.deepStrictEqual(yield* sources.find(workspaceId, added.id), Option.some(changed))
    })
  )
}
