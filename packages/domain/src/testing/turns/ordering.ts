import { assert } from "@effect/vitest"
import { Array as Arr, Effect } from "effect"
import { DialogId, UserId } from "../../ids/brands.ts"
import { acceptTurn } from "../../turn/acceptTurn.ts"
import { Turns } from "../../turn/Turns.ts"
import {
  acceptLeased,
  claimIn,
  command,
  completed,
  dialogsIn,
  type DialogStore,
  first,
  getTurn,
  LONG_MS,
  messagesOf,
  newTerms,
  newWorkspace,
  type Tests
} from "../fixtures.ts"

const oneTo = (n: number) => Arr.range(1, n)

/** Turns of one dialog run one after another in the order accepted; dialogs do not wait for each other. */
export const ordering = (it: Tests<DialogStore>): void => {
  it.effect("50 first messages of one new user at once: one contact, one dialog, one holder, no gaps", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const message = command(workspaceId, { userId: UserId.make("ada"), leaseMs: LONG_MS })
      const accepted = yield* Effect.all(
        oneTo(50).map((n) => acceptTurn({ ...message, query: `message ${n}` })),
        { concurrency: "unbounded" }
      )
      const dialogs = yield* dialogsIn(workspaceId)
      assert.strictEqual(dialogs.length, 1)
      const { dialogId } = yield* first(accepted)
      assert.isTrue(accepted.every((turn) => turn.dialogId === dialogId))
      assert.strictEqual(accepted.filter(({ runnable }) => runnable !== null).length, 1)
      const messages = yield* messagesOf(workspaceId, dialogId)
      assert.deepStrictEqual(
        messages.map(({ sequence }) => sequence),
        oneTo(50)
      )
      const turns = yield* Effect.forEach(messages, ({ turnId }) =>
        turnId === null ? Effect.die("no turn") : getTurn(workspaceId, turnId)
      )
      assert.deepStrictEqual(
        turns.map(({ sequence }) => sequence),
        oneTo(50)
      )
      assert.deepStrictEqual(
        turns.map(({ query }) => query),
        messages.map(({ content }) => content)
      )
    })
  )

  it.effect("50 first messages under one dialog id at once make it once", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const message = command(workspaceId, { dialogId: DialogId.make("burst"), ifMissing: "create" })
      yield* Effect.all(
        oneTo(50).map(() => acceptTurn(message)),
        { concurrency: "unbounded" }
      )
      const [dialog, ...others] = yield* dialogsIn(workspaceId)
      assert.deepStrictEqual(others, [])
      assert.strictEqual(dialog?.messageCount, 50)
    })
  )

  it.effect("dialogs do not wait for each other", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const held = yield* acceptLeased(workspaceId, LONG_MS)
      const other = yield* acceptLeased(workspaceId, LONG_MS)
      assert.isFalse((yield* (yield* Turns).end(other, completed())).more)
      const { turnId } = yield* acceptTurn(command(workspaceId))
      assert.deepStrictEqual(
        (yield* claimIn(workspaceId)).map(({ id }) => id),
        [turnId]
      )
      assert.strictEqual((yield* getTurn(workspaceId, held.id)).status, "running")
    })
  )

  it.effect("the next turn of a dialog waits for the end of the one before, in order", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const turns = yield* Turns
      const opening = yield* acceptLeased(workspaceId, LONG_MS)
      const follow = command(workspaceId, { dialogId: opening.dialogId, leaseMs: LONG_MS })
      const second = yield* acceptTurn(follow)
      const third = yield* acceptTurn(follow)
      assert.deepStrictEqual([second.runnable, third.runnable], [null, null])
      assert.include(yield* getTurn(workspaceId, second.turnId), { status: "queued", sequence: 2, attempts: 0 })
      assert.deepStrictEqual(yield* claimIn(workspaceId), [])

      assert.isTrue((yield* turns.end(opening, completed())).more)
      const next = yield* claimIn(workspaceId).pipe(Effect.flatMap(first))
      assert.include(next, { id: second.turnId, attempts: 1 })
      assert.deepStrictEqual(yield* claimIn(workspaceId), [])

      assert.isTrue((yield* turns.end(next, completed())).more)
      const last = yield* claimIn(workspaceId).pipe(Effect.flatMap(first))
      assert.strictEqual(last.id, third.turnId)
      assert.isFalse((yield* turns.end(last, completed())).more)
      assert.deepStrictEqual(yield* claimIn(workspaceId), [])

      const again = yield* acceptTurn(follow)
      assert.strictEqual(again.runnable?.lease.seq, 4)
    })
  )

  it.effect("a claim takes no more than it is asked for, the longest waiting first", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      yield* claimIn(workspaceId)
      const turns = yield* Turns
      const waiting = yield* Effect.forEach(oneTo(5), () => acceptTurn(command(workspaceId)))
      const claimed = yield* turns.claim(2, yield* newTerms(LONG_MS))
      assert.sameMembers(
        claimed.map(({ id }) => id),
        waiting.slice(0, 2).map(({ turnId }) => turnId)
      )
    })
  )

  it.effect("a workspace with much to do does not starve another", () =>
    Effect.gen(function* () {
      const busy = yield* newWorkspace
      const calm = yield* newWorkspace
      yield* claimIn(busy.workspaceId)
      yield* Effect.forEach(oneTo(50), () => acceptTurn(command(busy.workspaceId)))
      const { turnId } = yield* acceptTurn(command(calm.workspaceId))
      const turns = yield* Turns
      const claimed = yield* turns.claim(4, yield* newTerms(LONG_MS))
      assert.include(
        claimed.map(({ id }) => id),
        turnId
      )
      assert.isAtMost(claimed.length, 4)
      yield* claimIn(busy.workspaceId)
    })
  )
}
