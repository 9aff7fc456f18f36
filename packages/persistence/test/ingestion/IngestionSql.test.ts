import { assert, layer } from "@effect/vitest"
import { Ingestion, KnowledgeSources, type SourceId, SourceLeaseLost, type WorkspaceId } from "@butler/domain"
import { addSite, claimSource, documentOf, firstItem, newWorkspace, page } from "@butler/domain/testing"
import { Effect, Layer, Option } from "effect"
import { sql } from "kysely"
import { PersistenceLayer, query } from "../../src/index.ts"
import { markRemoved } from "../../src/ingestion/scheduleStatements.ts"
import { engines } from "../../src/testing/index.ts"

/** How many rows there are of a source in each table that has any. */
const rowsOf = Effect.fnUntraced(function* (workspaceId: WorkspaceId, id: SourceId) {
  const { rows } = yield* query("test.rows", (db) =>
    sql<{ readonly table: string; readonly count: number }>`
      select t.table, count(*)::integer as count from (
        select 'document' as table, workspace_id, source_id from document
        union all select 'item', workspace_id, source_id from knowledge_source_item
        union all select 'file', workspace_id, source_id from knowledge_file
        union all select 'lane', workspace_id, key from lane where kind = 'ingestion'
        union all select 'source', workspace_id, id from knowledge_source
      ) t where t.workspace_id = ${workspaceId}::uuid and t.source_id = ${id}
      group by t.table order by t.table`.execute(db)
  )
  return Object.fromEntries(rows.map(({ count, table }) => [table, count]))
})

for (const [name, database] of engines) {
  const store = PersistenceLayer.pipe(Layer.provideMerge(database))
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`Ingestion (${name})`, (it) => {
    it.effect("what a dying process left of a removal is hidden at once, and removed by whoever claims it", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const [ingestion, sources] = [yield* Ingestion, yield* KnowledgeSources]
        const { id } = yield* addSite(workspaceId)
        const work = yield* claimSource(workspaceId)
        yield* ingestion.begin(work, [page("/"), page("/a")])
        const item = yield* firstItem(work)
        yield* ingestion.store(work, item, documentOf(work, item, 0), [])
        yield* query("test.file", (db) =>
          sql`
            insert into knowledge_file (workspace_id, source_id, part, bytes)
            values (${workspaceId}, ${id}, 0, '\\x00')`.execute(db)
        )
        assert.deepStrictEqual(yield* rowsOf(workspaceId, id), { document: 1, file: 1, item: 2, lane: 1, source: 1 })

        assert.isTrue(yield* query("test.markRemoved", (db) => markRemoved(db, workspaceId, id, 0)))
        assert.deepStrictEqual(yield* sources.find(workspaceId, id), Option.none())
        assert.strictEqual((yield* Effect.flip(sources.remove(workspaceId, id)))._tag, "SourceNotFound")
        const late = yield* Effect.flip(ingestion.store(work, item, documentOf(work, item, 1), []))
        assert.deepStrictEqual(late, new SourceLeaseLost({ sourceId: id }))
        const left = yield* claimSource(workspaceId)
        assert.deepStrictEqual([left.task, left.attempts], ["remove", 1])
        yield* ingestion.removeSource(left)
        assert.deepStrictEqual(yield* rowsOf(workspaceId, id), {})
      })
    )
  })
}
