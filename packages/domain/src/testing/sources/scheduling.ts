import { assert } from "@effect/vitest"
import { Effect, Option } from "effect"
import type { SyncFrequency } from "../../knowledge/KnowledgeSource.ts"
import { Ingestion } from "../../knowledge/Ingestion.ts"
import { KnowledgeSources } from "../../knowledge/KnowledgeSources.ts"
import { newWorkspace, type Tests } from "../fixtures.ts"
import { addSite, claimSource, claimSources, DAY_MS, type Elapse, MINUTE_MS, type SourceStore } from "./fixtures.ts"

/** When a source is read again. */
export const scheduling = <R>(it: Tests<R | SourceStore>, elapse: Elapse<R>): void => {
  it.effect("is due again by its frequency, and by a new one when that is changed", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const [ingestion, sources] = [yield* Ingestion, yield* KnowledgeSources]
      const { id } = yield* addSite(workspaceId, { syncFrequency: "daily" })
      const work = yield* claimSource(workspaceId)
      yield* ingestion.begin(work, [])
      yield* ingestion.finish(work, null)
      const found = Option.getOrThrow(yield* sources.find(workspaceId, id))
      assert.deepStrictEqual([found.status, found.error], ["ready", null])
      yield* elapse(id, DAY_MS - MINUTE_MS)
      assert.deepStrictEqual(yield* claimSources(workspaceId), [])
      yield* elapse(id, MINUTE_MS)
      const again = yield* claimSource(workspaceId)
      assert.deepStrictEqual([again.task, again.attempts, again.lease.seq], ["read", 1, work.lease.seq + 1])
      yield* ingestion.begin(again, [])
      yield* ingestion.finish(again, { code: "x", detail: "y" })
      const failed = Option.getOrThrow(yield* sources.find(workspaceId, id))
      assert.deepStrictEqual([failed.status, failed.error], ["failed", { code: "x", detail: "y" }])

      const days = (syncFrequency: SyncFrequency) =>
        Effect.map(sources.change(workspaceId, id, { syncFrequency }), ({ nextSyncAt, syncedAt }) =>
          nextSyncAt === null ? null : (nextSyncAt.getTime() - (syncedAt?.getTime() ?? 0)) / DAY_MS
        )
      const changed = yield* Effect.forEach(["monthly", "weekly", "daily", "never"] as const, days)
      assert.deepStrictEqual(changed, [30, 7, 1, null])
      yield* elapse(id, 31 * DAY_MS)
      assert.deepStrictEqual(yield* claimSources(workspaceId), [])
      yield* sources.change(workspaceId, id, { syncFrequency: "weekly" })
      yield* elapse(id, 7 * DAY_MS)
      assert.lengthOf(yield* claimSources(workspaceId), 1)
    })
  )

  it.effect("is due at once when asked, which is enough while it is read", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const [ingestion, sources] = [yield* Ingestion, yield* KnowledgeSources]
      const { id } = yield* addSite(workspaceId)
      const work = yield* claimSource(workspaceId)
      yield* ingestion.begin(work, [])
      assert.strictEqual((yield* sources.sync(workspaceId, id)).status, "syncing")
      assert.deepStrictEqual(yield* claimSources(workspaceId), [])
      yield* ingestion.finish(work, null)
      assert.deepStrictEqual(yield* claimSources(workspaceId), [])
      const asked = yield* sources.sync(workspaceId, id)
      assert.deepStrictEqual([asked.status, asked.nextSyncAt], ["queued", null])
      assert.strictEqual((yield* claimSource(workspaceId)).task, "read")
    })
  )
}
