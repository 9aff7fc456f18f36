import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { UserId } from "../../ids/brands.ts"
import { acceptTurn } from "../../turn/acceptTurn.ts"
import { IdempotencyMismatch } from "../../turn/idempotency.ts"
import { command, dialogsIn, type DialogStore, messagesOf, newWorkspace, type Tests } from "../fixtures.ts"

const idempotency = { route: "v4", key: "order-1", fingerprint: "aa" }

/** However often a request is repeated under one key, it is one turn. */
export const idempotentRequests = (it: Tests<DialogStore>): void => {
  it.effect("20 requests of one key at once make one turn, also for a new user", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const message = command(workspaceId, { userId: UserId.make("ada"), idempotency })
      const accepted = yield* Effect.all(
        Array.from({ length: 20 }, () => acceptTurn(message)),
        { concurrency: "unbounded" }
      )
      assert.strictEqual(new Set(accepted.map(({ turnId }) => turnId)).size, 1)
      assert.strictEqual(accepted.filter(({ status }) => status !== null).length, 1)
      const [dialog] = yield* dialogsIn(workspaceId)
      assert.strictEqual(dialog?.messageCount, 1)
      assert.isTrue(accepted.every(({ dialogId }) => dialogId === dialog?.id))
    })
  )

  it.effect("in a known dialog as well", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const { dialogId } = yield* acceptTurn(command(workspaceId))
      const again = () => acceptTurn(command(workspaceId, { dialogId, idempotency }))
      const accepted = yield* Effect.all([again(), again(), again()], { concurrency: "unbounded" })
      assert.strictEqual(new Set(accepted.map(({ turnId }) => turnId)).size, 1)
      assert.strictEqual((yield* messagesOf(workspaceId, dialogId)).length, 2)
    })
  )

  it.effect("the key of another request is refused; another route or workspace has its own", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const other = yield* newWorkspace
      const first = yield* acceptTurn(command(workspaceId, { idempotency }))
      const changed = command(workspaceId, { idempotency: { ...idempotency, fingerprint: "bb" } })
      assert.deepStrictEqual(yield* Effect.flip(acceptTurn(changed)), new IdempotencyMismatch({ key: "order-1" }))
      const elsewhere = [
        yield* acceptTurn(command(workspaceId, { idempotency: { ...idempotency, route: "v3" } })),
        yield* acceptTurn(command(other.workspaceId, { idempotency }))
      ]
      assert.isTrue(elsewhere.every(({ status, turnId }) => status !== null && turnId !== first.turnId))
    })
  )
}
