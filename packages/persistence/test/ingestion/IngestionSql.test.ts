import { assert, layer } from "@effect/vitest"
import {
  DEFAULT_KNOWLEDGE_BASE,
  type Document,
  DocumentId,
  documentIdsOf,
  Ids,
  Ingestion,
  type ItemOutcome,
  Knowledge,
  KnowledgeBases,
  KnowledgeSources,
  type NewSource,
  SourceId,
  type SourceItemId,
  type SourceWork,
  UNREACHABLE,
  type WorkspaceId
} from "@butler/domain"
import { newWorkspace } from "@butler/domain/testing"
import { Effect, Layer, Option } from "effect"
import { sql } from "kysely"
import { PersistenceLayer, query } from "../../src/index.ts"
import { engines } from "../../src/testing/index.ts"

const newSource = Effect.fnUntraced(function* (workspaceId: WorkspaceId, given: Partial<NewSource> = {}) {
  const sources = yield* KnowledgeSources
  const id = SourceId.make(`src_${yield* Ids.use(({ snowflake }) => snowflake)}`)
  const web = { kind: "site", url: "https://example.com/", maxPages: 3, maxDepth: 5 } as const
  const source: NewSource = {
    id,
    knowledgeBaseId: DEFAULT_KNOWLEDGE_BASE,
    name: "Site",
    syncFrequency: "never",
    ...web,
    ...given
  }
  yield* sources.create(workspaceId, [source])
  return id
})

/** Claims what is due of a workspace. */
const claim = Effect.fnUntraced(function* (workspaceId: WorkspaceId, durationMs = 60_000) {
  const token = yield* Ids.use(({ snowflake }) => snowflake)
  const claimed = yield* Ingestion.use((ingestion) => ingestion.claim(100, { token, durationMs }))
  return claimed.filter((work) => work.workspaceId === workspaceId)
})

const claimOne = Effect.fnUntraced(function* (workspaceId: WorkspaceId) {
  const [work] = yield* claim(workspaceId)
  return work ?? (yield* Effect.die("nothing is due"))
})

const page = (path: string, depth = 0) => ({ locator: `https://example.com${path}`, depth })

const ready: ItemOutcome = { status: "ready", error: null, found: [] }

const firstItem = Effect.fnUntraced(function* (work: SourceWork) {
  const [item] = yield* Ingestion.use((ingestion) => ingestion.pending(work, 1))
  return item ?? (yield* Effect.die("nothing is pending"))
})

const documentOf = (item: SourceItemId, part: number, sourceId: SourceId): Document => ({
  id: DocumentId.make([`doc_${item}`, ...(part === 0 ? [] : [part + 1])].join("_")),
  knowledgeBaseId: DEFAULT_KNOWLEDGE_BASE,
  name: "Page",
  url: null,
  sourceId,
  kind: "text",
  lang: "en",
  chunkCount: 0,
  createdAt: new Date(),
  content: { kind: "text", text: "words" }
})

const namesOf = Effect.fnUntraced(function* (workspaceId: WorkspaceId) {
  const query = { knowledgeBaseId: DEFAULT_KNOWLEDGE_BASE, limit: 100, after: null }
  const { documents } = yield* Knowledge.use((knowledge) => knowledge.list(workspaceId, query))
  return documents.map(({ id }) => id).toSorted()
})

const makeDue = (id: SourceId) =>
  query("test.makeDue", (db) =>
    sql`update lane set next_at = now() where kind = 'ingestion' and key = ${id}`.execute(db)
  )

for (const [name, database] of engines) {
  const store = PersistenceLayer.pipe(Layer.provideMerge(database))
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`Ingestion (${name})`, (it) => {
    it.effect("goes on where a process stopped, with what it had come to", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const ingestion = yield* Ingestion
        const id = yield* newSource(workspaceId)
        const work = yield* claimOne(workspaceId)
        assert.deepStrictEqual([work.task, work.attempts, work.source.id], ["read", 1, id])
        assert.deepStrictEqual(yield* claim(workspaceId), [])
        yield* ingestion.begin(work, [page("/")])
        const found = ["/a", "/b", "/c", "/a"].map((path) => page(path, 1))
        yield* ingestion.settle(work, yield* firstItem(work), { ...ready, found: found.slice(0, 3) })
        // Two pages beside the first are all that the source may have.
        assert.deepStrictEqual(
          (yield* ingestion.known(work)).toSorted(),
          ["/", "/a", "/b"].map((path) => page(path).locator)
        )

        yield* makeDue(id)
        const taken = yield* claimOne(workspaceId)
        assert.deepStrictEqual([taken.task, taken.attempts], ["resume", 2])
        assert.strictEqual((yield* firstItem(taken)).locator, page("/a").locator)
        const late = yield* Effect.flip(ingestion.settle(work, yield* firstItem(taken), ready))
        assert.strictEqual(late._tag, "SourceLeaseLost")
        assert.deepStrictEqual(yield* ingestion.heartbeat([work.lease, taken.lease], 60_000), [taken.lease])
        yield* ingestion.pause(taken.lease)
        assert.deepStrictEqual(
          (yield* claim(workspaceId)).map(({ attempts, task }) => [task, attempts]),
          [["resume", 1]]
        )
      })
    )

    it.effect("is due again by its frequency, at once when asked, and by a new one when that is changed", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const [ingestion, sources] = [yield* Ingestion, yield* KnowledgeSources]
        const id = yield* newSource(workspaceId, { syncFrequency: "daily" })
        const work = yield* claimOne(workspaceId)
        yield* ingestion.begin(work, [])
        assert.strictEqual((yield* sources.sync(workspaceId, id)).status, "syncing")
        yield* ingestion.finish(work, null)
        const days = (frequency: "daily" | "monthly" | "never") =>
          Effect.map(sources.change(workspaceId, id, { syncFrequency: frequency }), ({ nextSyncAt, syncedAt }) =>
            nextSyncAt === null ? null : Math.round((nextSyncAt.getTime() - (syncedAt?.getTime() ?? 0)) / 86_400_000)
          )
        const found = Option.getOrThrow(yield* sources.find(workspaceId, id))
        assert.deepStrictEqual([found.status, found.nextSyncAt === null], ["ready", false])
        assert.deepStrictEqual(yield* claim(workspaceId), [])
        yield* makeDue(id)
        const again = yield* claimOne(workspaceId)
        assert.strictEqual(again.task, "read")
        yield* ingestion.begin(again, [])
        yield* ingestion.finish(again, { code: "x", detail: "y" })
        assert.deepStrictEqual([yield* days("monthly"), yield* days("never"), yield* days("daily")], [30, null, 1])
        assert.deepStrictEqual(yield* claim(workspaceId), [])
        assert.strictEqual((yield* sources.sync(workspaceId, id)).status, "queued")
        assert.strictEqual((yield* claim(workspaceId)).length, 1)
      })
    )

    it.effect("keeps as many documents of an item as there are, and none of what has vanished", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const ingestion = yield* Ingestion
        const id = yield* newSource(workspaceId)
        const work = yield* claimOne(workspaceId)
        yield* ingestion.begin(work, [page("/"), page("/a")])
        const [one, two] = yield* ingestion.pending(work, 2)
        if (one === undefined || two === undefined) return yield* Effect.die("not two items")
        for (const part of [0, 1, 2]) yield* ingestion.store(work, one, documentOf(one.id, part, id), [])
        yield* ingestion.settle(work, one, { ...ready, documentCount: 3 })
        yield* ingestion.store(work, two, documentOf(two.id, 0, id), [])
        yield* ingestion.settle(work, two, { ...ready, documentCount: 1 })
        yield* ingestion.finish(work, null)
        assert.deepStrictEqual(
          yield* namesOf(workspaceId),
          [...documentIdsOf(one.id, 3), ...documentIdsOf(two.id, 1)].toSorted()
        )

        yield* KnowledgeSources.use((sources) => sources.sync(workspaceId, id))
        const next = yield* claimOne(workspaceId)
        yield* ingestion.begin(next, [page("/")])
        const item = yield* firstItem(next)
        assert.strictEqual(item.documentCount, 3)
        yield* ingestion.settle(next, item, { status: "failed", error: { code: UNREACHABLE, detail: "" }, found: [] })
        assert.strictEqual(yield* ingestion.removeVanished(next, 10), 0)
        yield* ingestion.settle(next, item, { ...ready, documentCount: 1 })
        assert.strictEqual(yield* ingestion.removeVanished(next, 10), 1)
        assert.deepStrictEqual(yield* namesOf(workspaceId), documentIdsOf(one.id, 1))
      })
    )

    it.effect("stores nothing for a source or a knowledge base that is gone", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const ingestion = yield* Ingestion
        const base = yield* KnowledgeBases.use((bases) => bases.create(workspaceId, "Short-lived"))
        const ids = [yield* newSource(workspaceId), yield* newSource(workspaceId, { knowledgeBaseId: base.id })]
        const all = yield* claim(workspaceId)
        yield* Effect.forEach(all, (work) => ingestion.begin(work, [page("/")]))
        const items = yield* Effect.forEach(all, firstItem)
        yield* KnowledgeSources.use((sources) => sources.remove(workspaceId, ids[0] ?? SourceId.make("src_1")))
        yield* KnowledgeBases.use((bases) => bases.remove(workspaceId, base.id))
        for (const [index, work] of all.entries()) {
          const item = items[index]
          if (item === undefined) return yield* Effect.die("no item")
          const lost = yield* Effect.flip(ingestion.store(work, item, documentOf(item.id, 0, work.source.id), []))
          assert.strictEqual(lost._tag, "SourceLeaseLost")
        }
        const query = { knowledgeBaseId: null, limit: 10, after: null }
        assert.deepStrictEqual(yield* KnowledgeSources.use((sources) => sources.list(workspaceId, query)), [])
        assert.deepStrictEqual(yield* namesOf(workspaceId), [])
      })
    )

    it.effect("removes a file that never arrived", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const sources = yield* KnowledgeSources
        const id = SourceId.make(`src_${yield* Ids.use(({ snowflake }) => snowflake)}`)
        const file = {
          kind: "text",
          url: null,
          name: "Half",
          maxPages: 1,
          maxDepth: 0,
          syncFrequency: "never"
        } as const
        yield* sources.open(workspaceId, { id, knowledgeBaseId: DEFAULT_KNOWLEDGE_BASE, ...file })
        yield* sources.append(workspaceId, id, 0, Buffer.from("half"))
        assert.deepStrictEqual(yield* claim(workspaceId), [])
        yield* makeDue(id)
        const work = yield* claimOne(workspaceId)
        assert.strictEqual(work.task, "remove")
        yield* Ingestion.use((ingestion) => ingestion.removeSource(work))
        const parts = yield* query("test.parts", (db) =>
          sql`select from knowledge_file where source_id = ${id}`.execute(db)
        )
        assert.strictEqual(parts.rows.length, 0)
      })
    )
  })
}
