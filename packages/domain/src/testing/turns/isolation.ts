import { assert } from "@effect/vitest"
import { Effect, Option } from "effect"
import { Dialogs } from "../../dialog/Dialogs.ts"
import { DialogNotFound } from "../../dialog/Dialog.ts"
import { DialogId, UserId } from "../../ids/brands.ts"
import { acceptTurn } from "../../turn/acceptTurn.ts"
import { LeaseLost, Turns } from "../../turn/Turns.ts"
import {
  acceptLeased,
  command,
  completed,
  dialogsIn,
  type DialogStore,
  LONG_MS,
  messagesOf,
  newWorkspace,
  type Tests
} from "../fixtures.ts"

const ada = UserId.make("ada")

/** Nothing of a workspace is seen or reached from another. */
export const isolation = (it: Tests<DialogStore>): void => {
  it.effect("another workspace's dialog, turn and user are not found", () =>
    Effect.gen(function* () {
      const { workspaceId: mine } = yield* newWorkspace
      const { workspaceId: theirs } = yield* newWorkspace
      const turns = yield* Turns
      const { dialogId, turnId } = yield* acceptTurn(command(theirs, { userId: ada }))
      assert.isTrue(Option.isNone(yield* turns.find(mine, turnId)))
      assert.isTrue(Option.isNone(yield* (yield* Dialogs).find(mine, dialogId)))
      assert.deepStrictEqual(yield* messagesOf(mine, dialogId), [])
      assert.deepStrictEqual(yield* dialogsIn(mine), [])
      assert.deepStrictEqual(yield* dialogsIn(mine, { userId: ada }), [])
      const { contact, dialog } = yield* turns.facts({ workspaceId: mine, userId: ada, dialogId, idempotency: null })
      assert.deepStrictEqual([contact, dialog], [null, null])
      const refused = yield* Effect.flip(acceptTurn(command(mine, { dialogId })))
      assert.deepStrictEqual(refused, new DialogNotFound({ dialogId }))
    })
  )

  it.effect("one userId and one dialogId in two workspaces are two contacts and two dialogs", () =>
    Effect.gen(function* () {
      const { workspaceId: mine } = yield* newWorkspace
      const { workspaceId: theirs } = yield* newWorkspace
      const names = { userId: ada, dialogId: DialogId.make("shared"), ifMissing: "create" } as const
      yield* acceptTurn(command(mine, { ...names, query: "mine" }))
      yield* acceptTurn(command(theirs, { ...names, query: "theirs" }))
      const contacts = [...(yield* dialogsIn(mine)), ...(yield* dialogsIn(theirs))].map(({ contactId }) => contactId)
      assert.strictEqual(new Set(contacts).size, 2)
      assert.deepStrictEqual(
        (yield* messagesOf(mine, names.dialogId)).map(({ content }) => content),
        ["mine"]
      )
    })
  )

  it.effect("a lease reaches no other workspace's lane of the same name", () =>
    Effect.gen(function* () {
      const { workspaceId: mine } = yield* newWorkspace
      const { workspaceId: theirs } = yield* newWorkspace
      const turns = yield* Turns
      const names = { dialogId: DialogId.make("shared"), ifMissing: "create" } as const
      const turn = yield* acceptLeased(mine, LONG_MS, names)
      yield* acceptLeased(theirs, LONG_MS, names)
      const moved = { ...turn, workspaceId: theirs, lease: { ...turn.lease, workspaceId: theirs } }
      assert.deepStrictEqual(yield* turns.heartbeat([moved.lease], LONG_MS), [])
      assert.deepStrictEqual(yield* Effect.flip(turns.end(moved, completed())), new LeaseLost({ turnId: turn.id }))
      assert.isFalse((yield* turns.end(turn, completed())).more)
    })
  )
}
