import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { acceptTurn } from "../../turn/acceptTurn.ts"
import { TurnNotFound } from "../../turn/Turn.ts"
import { LeaseLost, Turns } from "../../turn/Turns.ts"
import {
  acceptLeased,
  claimIn,
  command,
  completed,
  type DialogStore,
  first,
  getTurn,
  LONG_MS,
  messagesOf,
  newWorkspace,
  type Tests
} from "../fixtures.ts"

/** An open turn can be cancelled; an ended one stays as it is. */
export const cancelling = (it: Tests<DialogStore>): void => {
  it.effect("a running turn is cancelled: its answer is not stored, the next one may start", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const turns = yield* Turns
      const running = yield* acceptLeased(workspaceId, LONG_MS)
      const next = yield* acceptTurn(command(workspaceId, { dialogId: running.dialogId }))
      const cancelled = yield* turns.cancel(workspaceId, running.id)
      assert.strictEqual(cancelled.status, "cancelled")
      assert.isNotNull(cancelled.finishedAt)
      assert.deepStrictEqual(yield* Effect.flip(turns.end(running, completed())), new LeaseLost({ turnId: running.id }))
      assert.strictEqual((yield* first(yield* claimIn(workspaceId))).id, next.turnId)
      assert.strictEqual((yield* messagesOf(workspaceId, running.dialogId)).length, 2)
    })
  )

  it.effect("a waiting turn is cancelled and passed over, wherever it stands", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const turns = yield* Turns
      const running = yield* acceptLeased(workspaceId, LONG_MS)
      const { dialogId } = running
      const waiting = yield* Effect.forEach(["a", "b", "c", "d"], (query) =>
        acceptTurn(command(workspaceId, { dialogId, query }))
      )
      for (const index of [0, 1, 3]) yield* turns.cancel(workspaceId, waiting[index]?.turnId ?? running.id)
      yield* turns.end(running, completed())
      const claimed = yield* first(yield* claimIn(workspaceId))
      assert.strictEqual(claimed.query, "c")
      yield* turns.end(claimed, completed())
      assert.deepStrictEqual(yield* claimIn(workspaceId), [])
      const { runnable } = yield* acceptTurn(command(workspaceId, { dialogId, leaseMs: LONG_MS }))
      assert.isNotNull(runnable)
    })
  )

  it.effect("cancelling what has ended, or twice, changes nothing", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const turns = yield* Turns
      const running = yield* acceptLeased(workspaceId, LONG_MS)
      yield* turns.end(running, completed())
      const before = yield* getTurn(workspaceId, running.id)
      assert.deepStrictEqual(yield* turns.cancel(workspaceId, running.id), before)
      const second = yield* acceptLeased(workspaceId, LONG_MS)
      const once = yield* turns.cancel(workspaceId, second.id)
      assert.deepStrictEqual(yield* turns.cancel(workspaceId, second.id), once)
    })
  )

  it.effect("another workspace's turn is not found", () =>
    Effect.gen(function* () {
      const [mine, theirs] = [yield* newWorkspace, yield* newWorkspace]
      const { id } = yield* acceptLeased(theirs.workspaceId, LONG_MS)
      const refused = yield* Effect.flip((yield* Turns).cancel(mine.workspaceId, id))
      assert.deepStrictEqual(refused, new TurnNotFound({ turnId: id }))
      assert.strictEqual((yield* getTurn(theirs.workspaceId, id)).status, "running")
    })
  )
}
