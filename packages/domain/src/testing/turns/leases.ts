import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { LeaseLost, Turns } from "../../turn/Turns.ts"
import {
  acceptLeased,
  claimIn,
  claimUntil,
  completed,
  type DialogStore,
  first,
  getTurn,
  LONG_MS,
  messagesOf,
  newReply,
  newWorkspace,
  SHORT_MS,
  type Tests
} from "../fixtures.ts"

/** A lease runs out by itself, and whoever lost it can store nothing. */
export const leases = (it: Tests<DialogStore>): void => {
  it.effect("a turn whose lease ran out is claimed again, and its late end is fenced", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const turns = yield* Turns
      const crashed = yield* acceptLeased(workspaceId, SHORT_MS, { query: "Anyone?" })
      const { startedAt } = yield* getTurn(workspaceId, crashed.id)
      const rerun = yield* claimUntil(workspaceId, crashed.id).pipe(Effect.flatMap(first))
      assert.include(rerun, { id: crashed.id, query: "Anyone?", attempts: 2 })
      assert.notStrictEqual(rerun.lease.token, crashed.lease.token)
      const reply = yield* newReply("too late")
      const lost = new LeaseLost({ turnId: crashed.id })
      assert.deepStrictEqual(yield* Effect.flip(turns.end(crashed, completed([reply]))), lost)
      assert.deepStrictEqual(yield* Effect.flip(turns.giveBack(crashed, 0)), lost)
      assert.include(yield* getTurn(workspaceId, crashed.id), { status: "running", attempts: 2, finishedAt: null })
      assert.deepStrictEqual((yield* getTurn(workspaceId, crashed.id)).startedAt, startedAt)
      assert.strictEqual((yield* messagesOf(workspaceId, crashed.dialogId)).length, 1)
      assert.isFalse((yield* turns.end(rerun, completed())).more)
    })
  )

  it.effect("a turn ends once", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const turns = yield* Turns
      const turn = yield* acceptLeased(workspaceId, LONG_MS)
      yield* turns.end(turn, completed())
      const ended = yield* getTurn(workspaceId, turn.id)
      const error = { type: "late", detail: "" }
      const again = turns.end(turn, { status: "failed", error, agentLogs: [], steps: [] })
      assert.deepStrictEqual(yield* Effect.flip(again), new LeaseLost({ turnId: turn.id }))
      assert.deepStrictEqual(yield* getTurn(workspaceId, turn.id), ended)
    })
  )

  it.effect("heartbeat keeps a lease beyond its first end", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const turns = yield* Turns
      const kept = yield* acceptLeased(workspaceId, SHORT_MS)
      assert.deepStrictEqual(yield* turns.heartbeat([kept.lease], LONG_MS), [kept.lease])
      const silent = yield* acceptLeased(workspaceId, SHORT_MS)
      yield* claimUntil(workspaceId, silent.id)
      assert.include(yield* getTurn(workspaceId, kept.id), { status: "running", attempts: 1 })
      assert.isFalse((yield* turns.end(kept, completed())).more)
    })
  )

  it.effect("heartbeat answers the leases that are still held", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const turns = yield* Turns
      const kept = yield* acceptLeased(workspaceId, LONG_MS)
      const ended = yield* acceptLeased(workspaceId, LONG_MS)
      const lost = yield* acceptLeased(workspaceId, SHORT_MS)
      yield* turns.end(ended, completed())
      yield* claimUntil(workspaceId, lost.id)
      const held = yield* turns.heartbeat([lost.lease, kept.lease, ended.lease], LONG_MS)
      assert.deepStrictEqual(held, [kept.lease])
      assert.deepStrictEqual(yield* turns.heartbeat([], LONG_MS), [])
    })
  )

  it.effect("a turn given back is due again after its delay", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const turns = yield* Turns
      const later = yield* acceptLeased(workspaceId, LONG_MS)
      const soon = yield* acceptLeased(workspaceId, LONG_MS)
      yield* turns.giveBack(later, LONG_MS)
      yield* turns.giveBack(soon, SHORT_MS)
      assert.deepStrictEqual(yield* Effect.flip(turns.end(soon, completed())), new LeaseLost({ turnId: soon.id }))
      assert.deepStrictEqual(yield* turns.heartbeat([soon.lease, later.lease], LONG_MS), [])
      const [again] = yield* claimUntil(workspaceId, soon.id)
      assert.include(again, { id: soon.id, attempts: 2 })
      assert.include(yield* getTurn(workspaceId, later.id), { status: "queued", attempts: 1 })
      assert.deepStrictEqual(yield* claimIn(workspaceId), [])
    })
  )
}
