import { assert } from "@effect/vitest"
import { Effect } from "effect"
import type { WorkspaceId } from "../../ids/brands.ts"
import { Ingestion, SourceLeaseLost } from "../../knowledge/Ingestion.ts"
import { Knowledge } from "../../knowledge/Knowledge.ts"
import { DEFAULT_KNOWLEDGE_BASE } from "../../knowledge/KnowledgeBase.ts"
import { KnowledgeBases } from "../../knowledge/KnowledgeBases.ts"
import { documentIdsOf, UNREACHABLE } from "../../knowledge/KnowledgeSource.ts"
import { KnowledgeSources } from "../../knowledge/KnowledgeSources.ts"
import { newWorkspace, type Tests } from "../fixtures.ts"
import {
  addSite,
  chunkOf,
  claimSource,
  claimSources,
  documentOf,
  firstItem,
  page,
  ready,
  type SourceStore
} from "./fixtures.ts"

const documentsIn = Effect.fnUntraced(function* (workspaceId: WorkspaceId) {
  const query = { knowledgeBaseId: DEFAULT_KNOWLEDGE_BASE, limit: 100, after: null }
  const { documents } = yield* Knowledge.use((knowledge) => knowledge.list(workspaceId, query))
  return documents.map(({ id }) => id).toSorted()
})

const foundBy = Effect.fnUntraced(function* (workspaceId: WorkspaceId, term: string) {
  const query = { knowledgeBaseIds: [DEFAULT_KNOWLEDGE_BASE], terms: [{ term, weight: 1, word: 0 }], limit: 10 }
  const { chunks } = yield* Knowledge.use((knowledge) => knowledge.search(workspaceId, query))
  return chunks.map(({ content }) => content)
})

/** Documents are what was read last, and go with what they were made of. */
export const storing = (it: Tests<SourceStore>): void => {
  it.effect("replaces a document whole, and removes it with its source", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const [ingestion, sources] = [yield* Ingestion, yield* KnowledgeSources]
      const { id } = yield* addSite(workspaceId)
      const work = yield* claimSource(workspaceId)
      yield* ingestion.begin(work, [page("/")])
      const item = yield* firstItem(work)
      const document = documentOf(work, item, 0)
      yield* ingestion.store(work, item, document, [chunkOf(document, 0, "old"), chunkOf(document, 1, "old words")])
      assert.deepStrictEqual((yield* foundBy(workspaceId, "old")).toSorted(), ["old", "old words"])
      yield* ingestion.store(work, item, document, [chunkOf(document, 0, "new")])
      assert.deepStrictEqual(yield* foundBy(workspaceId, "old"), [])
      assert.deepStrictEqual(yield* foundBy(workspaceId, "new"), ["new"])
      yield* ingestion.settle(work, item, { ...ready, documentCount: 1 })
      yield* sources.remove(workspaceId, id)
      assert.deepStrictEqual(yield* documentsIn(workspaceId), [])
      assert.deepStrictEqual(yield* foundBy(workspaceId, "new"), [])
    })
  )

  it.effect("keeps as many documents of an item as there are, and none of what has vanished", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const ingestion = yield* Ingestion
      const { id } = yield* addSite(workspaceId)
      const work = yield* claimSource(workspaceId)
      yield* ingestion.begin(work, [page("/"), page("/a")])
      const [one, two] = yield* ingestion.pending(work, 2)
      if (one === undefined || two === undefined) return yield* Effect.die("not two items")
      for (const part of [0, 1, 2]) yield* ingestion.store(work, one, documentOf(work, one, part), [])
      yield* ingestion.settle(work, one, { ...ready, documentCount: 3 })
      yield* ingestion.store(work, two, documentOf(work, two, 0), [])
      yield* ingestion.settle(work, two, { ...ready, documentCount: 1 })
      yield* ingestion.finish(work, null)
      assert.deepStrictEqual(
        yield* documentsIn(workspaceId),
        [...documentIdsOf(one.id, 3), ...documentIdsOf(two.id, 1)].toSorted()
      )

      yield* KnowledgeSources.use((sources) => sources.sync(workspaceId, id))
      const next = yield* claimSource(workspaceId)
      yield* ingestion.begin(next, [page("/")])
      const item = yield* firstItem(next)
      assert.strictEqual(item.documentCount, 3)
      yield* ingestion.settle(next, item, { status: "failed", error: { code: UNREACHABLE, detail: "" }, found: [] })
      assert.strictEqual(yield* ingestion.removeVanished(next, 10), 0)
      yield* ingestion.settle(next, item, { ...ready, documentCount: 1 })
      assert.strictEqual(yield* ingestion.removeVanished(work, 10), 0)
      assert.strictEqual(yield* ingestion.removeVanished(next, 10), 1)
      assert.strictEqual(yield* ingestion.removeVanished(next, 10), 0)
      assert.deepStrictEqual(yield* documentsIn(workspaceId), documentIdsOf(one.id, 1))
    })
  )

  it.effect("stores nothing for a source or a knowledge base that is gone", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const [bases, ingestion, sources] = [yield* KnowledgeBases, yield* Ingestion, yield* KnowledgeSources]
      const base = yield* bases.create(workspaceId, "Short-lived")
      const { id } = yield* addSite(workspaceId)
      yield* addSite(workspaceId, { knowledgeBaseId: base.id })
      const works = yield* claimSources(workspaceId)
      const all = yield* Effect.forEach(works, (work) =>
        ingestion.begin(work, [page("/")]).pipe(
          Effect.andThen(firstItem(work)),
          Effect.map((item) => ({ work, item }))
        )
      )
      assert.lengthOf(all, 2)
      yield* sources.remove(workspaceId, id)
      yield* bases.remove(workspaceId, base.id)
      for (const { item, work } of all) {
        const lost = new SourceLeaseLost({ sourceId: work.source.id })
        assert.deepStrictEqual(yield* Effect.flip(ingestion.store(work, item, documentOf(work, item, 0), [])), lost)
        assert.deepStrictEqual(yield* Effect.flip(ingestion.settle(work, item, ready)), lost)
        assert.deepStrictEqual(yield* ingestion.heartbeat([work.lease], 60_000), [])
      }
      assert.deepStrictEqual(yield* sources.list(workspaceId, { knowledgeBaseId: null, limit: 10, after: null }), [])
      assert.deepStrictEqual(yield* documentsIn(workspaceId), [])
    })
  )
}
