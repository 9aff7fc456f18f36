import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { Dialogs } from "../../dialog/Dialogs.ts"
import type { DialogId, WorkspaceId } from "../../ids/brands.ts"
import { acceptTurn } from "../../turn/acceptTurn.ts"
import type { TurnEffect } from "../../turn/TurnEffect.ts"
import { LeaseLost, Turns } from "../../turn/Turns.ts"
import {
  acceptLeased,
  claimIn,
  command,
  completed,
  type DialogStore,
  getTurn,
  LONG_MS,
  messagesOf,
  newReply,
  newWorkspace,
  type Tests
} from "../fixtures.ts"

const getDialog = Effect.fnUntraced(function* (workspaceId: WorkspaceId, dialogId: DialogId) {
  return yield* (yield* Dialogs).find(workspaceId, dialogId).pipe(Effect.flatMap(Effect.fromOption))
})

const endingWith = (...all: ReadonlyArray<TurnEffect>) =>
  Effect.map(newReply("A colleague takes over."), (reply) => completed([reply], all))

/** What a turn changes beside its replies. */
export const effects = (it: Tests<DialogStore>): void => {
  it.effect("a turn that hands over keeps its replies, gives the dialog to people and cancels what waits", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const turn = yield* acceptLeased(workspaceId, LONG_MS)
      const { dialogId } = turn
      const waiting = yield* acceptTurn(command(workspaceId, { dialogId }))
      const ending = yield* endingWith({ _tag: "HandOver", reason: "wants a person" })
      assert.isFalse((yield* (yield* Turns).end(turn, ending)).more)
      const dialog = yield* getDialog(workspaceId, dialogId)
      assert.deepStrictEqual([dialog.mode, dialog.handover?.reason], ["human", "wants a person"])
      assert.strictEqual((yield* getTurn(workspaceId, turn.id)).status, "completed")
      assert.strictEqual((yield* getTurn(workspaceId, waiting.turnId)).status, "cancelled")
      assert.strictEqual((yield* messagesOf(workspaceId, dialogId)).at(-1)?.content, "A colleague takes over.")
      assert.deepStrictEqual(yield* claimIn(workspaceId), [])
    })
  )

  it.effect("a turn that resolves the dialog begins another conversation in it", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const turn = yield* acceptLeased(workspaceId, LONG_MS)
      const before = yield* getDialog(workspaceId, turn.dialogId)
      yield* (yield* Turns).end(turn, yield* endingWith({ _tag: "Resolve" }))
      const after = yield* getDialog(workspaceId, turn.dialogId)
      assert.notStrictEqual(after.conversationId, before.conversationId)
      assert.match(after.conversationId, /^[a-z][a-z0-9]{23}$/u)
      assert.deepStrictEqual([after.sessionId, after.mode], [before.sessionId, "ai"])
    })
  )

  it.effect("a lost lease changes nothing", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const turn = yield* acceptLeased(workspaceId, LONG_MS)
      const { cancel, end } = yield* Turns
      yield* cancel(workspaceId, turn.id)
      const before = yield* getDialog(workspaceId, turn.dialogId)
      const late = end(turn, yield* endingWith({ _tag: "Resolve" }, { _tag: "HandOver", reason: "late" }))
      assert.deepStrictEqual(yield* Effect.flip(late), new LeaseLost({ turnId: turn.id }))
      assert.deepStrictEqual(yield* getDialog(workspaceId, turn.dialogId), before)
    })
  )
}
