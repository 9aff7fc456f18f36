import { assert } from "@effect/vitest"
import { Effect, Option } from "effect"
import { Ingestion } from "../../knowledge/Ingestion.ts"
import { KnowledgeSources, SourceCursor } from "../../knowledge/KnowledgeSources.ts"
import { first, newWorkspace, type Tests } from "../fixtures.ts"
import { addSite, claimSource, firstItem, page, ready, type SourceStore } from "./fixtures.ts"

/** A reading comes to items, and notes what came of each. */
export const reading = (it: Tests<SourceStore>): void => {
  it.effect("comes to as many items as the source may have, each once, nearest to the start first", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const ingestion = yield* Ingestion
      yield* addSite(workspaceId, { maxPages: 4 })
      const work = yield* claimSource(workspaceId)
      yield* ingestion.begin(work, [page("/")])
      const found = [page("/", 3), page("/far", 2), page("/a", 1), page("/b", 1), page("/c", 1)]
      yield* ingestion.settle(work, yield* firstItem(work), { ...ready, found })
      const known = ["/", "/a", "/b", "/far"].map((path) => page(path).locator)
      assert.deepStrictEqual((yield* ingestion.known(work)).toSorted(), known)
      const pending = yield* ingestion.pending(work, 10)
      assert.deepStrictEqual(
        pending.map(({ depth, locator }) => [locator, depth]),
        [
          [page("/a").locator, 1],
          [page("/b").locator, 1],
          [page("/far").locator, 2]
        ]
      )
      assert.lengthOf(yield* ingestion.pending(work, 2), 2)
    })
  )

  it.effect("counts how items ended, and shows each with what was wrong with it", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const [ingestion, sources] = [yield* Ingestion, yield* KnowledgeSources]
      const { id } = yield* addSite(workspaceId, { maxPages: 10 })
      const work = yield* claimSource(workspaceId)
      yield* ingestion.begin(
        work,
        ["/one", "/two", "/three", "/four"].map((path) => page(path))
      )
      const [one, two, three] = yield* ingestion.pending(work, 3)
      if (one === undefined || two === undefined || three === undefined) return yield* Effect.die("not three items")
      yield* ingestion.settle(work, one, { ...ready, title: "One", documentCount: 1, chunkCount: 7 })
      const error = { code: "http", detail: "the server answered 500" }
      yield* ingestion.settle(work, two, { status: "failed", error, found: [] })
      yield* ingestion.settle(work, three, { status: "skipped", error: null, found: [] })
      const shown = Option.getOrThrow(yield* sources.find(workspaceId, id))
      assert.deepStrictEqual([shown.status, shown.items], ["syncing", { pending: 1, ready: 1, skipped: 1, failed: 1 }])

      const all = yield* sources.items(workspaceId, id, { status: null, limit: 3, after: null })
      assert.deepStrictEqual(
        all.map(({ locator, status }) => [locator, status]),
        [
          [page("/one").locator, "ready"],
          [page("/two").locator, "failed"],
          [page("/three").locator, "skipped"]
        ]
      )
      assert.include(all[0], { title: "One", error: null, documentCount: 1, chunkCount: 7 })
      assert.isNotNull(all[0]?.readAt)
      const after = SourceCursor.make(three.id)
      const rest = yield* sources.items(workspaceId, id, { status: null, limit: 3, after })
      assert.deepStrictEqual(
        rest.map(({ locator, readAt }) => [locator, readAt]),
        [[page("/four").locator, null]]
      )
      const failed = yield* sources.items(workspaceId, id, { status: "failed", limit: 3, after: null })
      assert.deepStrictEqual(
        failed.map((item) => item.error),
        [error]
      )
    })
  )

  it.effect("an item has what was said of it the last time, as long as nothing else is said", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const [ingestion, sources] = [yield* Ingestion, yield* KnowledgeSources]
      const { id } = yield* addSite(workspaceId)
      const work = yield* claimSource(workspaceId)
      yield* ingestion.begin(work, [page("/"), page("/a")])
      const said = { etag: '"1"', lastModified: "Sat, 01 Aug 2026 10:00:00 GMT", contentHash: "abc", links: ["/a"] }
      const [one, two] = yield* ingestion.pending(work, 2)
      if (one === undefined || two === undefined) return yield* Effect.die("not two items")
      assert.deepStrictEqual([one.etag, one.contentHash, one.links], [null, null, []])
      yield* ingestion.settle(work, one, { ...ready, ...said, documentCount: 2 })
      assert.deepStrictEqual(yield* Effect.forEach([one, two], (item) => ingestion.isRepeated(work, item, "abc")), [
        false,
        true
      ])
      yield* ingestion.settle(work, two, ready)
      yield* ingestion.finish(work, null)

      yield* sources.sync(workspaceId, id)
      const next = yield* claimSource(workspaceId)
      yield* ingestion.begin(next, [page("/"), page("/a")])
      const item = yield* first(yield* ingestion.pending(next, 1))
      assert.deepStrictEqual(item, { ...one, ...said, documentCount: 2 })
      // It was read to that effect the last time, not this time.
      assert.isFalse(yield* ingestion.isRepeated(next, two, "abc"))
      yield* ingestion.settle(next, item, { ...ready, etag: null })
      assert.isTrue(yield* ingestion.isRepeated(next, two, "abc"))
    })
  )
}
