import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { Ingestion, SourceLeaseLost } from "../../knowledge/Ingestion.ts"
import { newTerms, newWorkspace, type Tests } from "../fixtures.ts"
import {
  addSite,
  claimSource,
  claimSources,
  documentOf,
  type Elapse,
  firstItem,
  LEASE_MS,
  MINUTE_MS,
  page,
  ready,
  type SourceStore
} from "./fixtures.ts"

/** A lease runs out by itself, and whoever lost it can store nothing. */
export const leasing = <R>(it: Tests<R | SourceStore>, elapse: Elapse<R>): void => {
  it.effect("goes on where a process stopped, with what it had come to", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const ingestion = yield* Ingestion
      const { id } = yield* addSite(workspaceId)
      const work = yield* claimSource(workspaceId)
      assert.deepStrictEqual([work.task, work.attempts, work.source.id], ["read", 1, id])
      yield* ingestion.begin(work, [page("/")])
      yield* ingestion.settle(work, yield* firstItem(work), { ...ready, found: [page("/a", 1), page("/b", 1)] })
      yield* elapse(id, LEASE_MS - MINUTE_MS)
      assert.deepStrictEqual(yield* claimSources(workspaceId), [])
      yield* elapse(id, MINUTE_MS)
      const taken = yield* claimSource(workspaceId)
      assert.deepStrictEqual([taken.task, taken.attempts], ["resume", 2])
      assert.strictEqual((yield* firstItem(taken)).locator, page("/a").locator)
      yield* ingestion.pause(taken.lease)
      const [resumed, ...others] = yield* claimSources(workspaceId)
      assert.deepStrictEqual([resumed?.task, resumed?.attempts, others.length], ["resume", 1, 0])
    })
  )

  it.effect("who lost a lease can store nothing, nor keep it", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const ingestion = yield* Ingestion
      const { id } = yield* addSite(workspaceId)
      const work = yield* claimSource(workspaceId)
      yield* ingestion.begin(work, [page("/")])
      yield* elapse(id, LEASE_MS)
      const taken = yield* claimSource(workspaceId)
      const item = yield* firstItem(taken)
      const late = [
        yield* Effect.flip(ingestion.begin(work, [page("/late")])),
        yield* Effect.flip(ingestion.store(work, item, documentOf(work, item, 0), [])),
        yield* Effect.flip(ingestion.settle(work, item, { ...ready, found: [page("/late", 1)] })),
        yield* Effect.flip(ingestion.finish(work, null))
      ]
      assert.deepStrictEqual(
        late,
        Array.from({ length: 4 }, () => new SourceLeaseLost({ sourceId: id }))
      )
      assert.deepStrictEqual(yield* ingestion.known(taken), [page("/").locator])
      assert.deepStrictEqual(yield* ingestion.heartbeat([work.lease, taken.lease], LEASE_MS), [taken.lease])
      yield* ingestion.pause(work.lease)
      assert.deepStrictEqual(yield* claimSources(workspaceId), [])
    })
  )

  it.effect("heartbeat keeps a lease beyond its first end", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const ingestion = yield* Ingestion
      const { id } = yield* addSite(workspaceId)
      const { lease } = yield* claimSource(workspaceId)
      yield* elapse(id, LEASE_MS - MINUTE_MS)
      assert.deepStrictEqual(yield* ingestion.heartbeat([lease], LEASE_MS), [lease])
      yield* elapse(id, LEASE_MS - MINUTE_MS)
      assert.deepStrictEqual(yield* claimSources(workspaceId), [])
      yield* elapse(id, MINUTE_MS)
      assert.lengthOf(yield* claimSources(workspaceId), 1)
    })
  )

  it.effect("those of a workspace with many do not make another's wait", () =>
    Effect.gen(function* () {
      const [many, few] = [yield* newWorkspace, yield* newWorkspace]
      const ingestion = yield* Ingestion
      // Nothing else is due.
      yield* claimSources(many.workspaceId)
      for (const _ of [1, 2, 3]) yield* addSite(many.workspaceId)
      yield* addSite(few.workspaceId)
      const claimed = yield* ingestion.claim(2, yield* newTerms(LEASE_MS))
      assert.sameMembers(
        claimed.map(({ workspaceId }) => workspaceId),
        [many.workspaceId, few.workspaceId]
      )
    })
  )
}
