import { assert } from "@effect/vitest"
import { Effect, Option } from "effect"
import { AgentNotFound } from "../../agent/Agent.ts"
import { DialogNotFound } from "../../dialog/Dialog.ts"
import { Dialogs } from "../../dialog/Dialogs.ts"
import { Ids } from "../../ids/Ids.ts"
import { DialogId, UserId } from "../../ids/brands.ts"
import { acceptTurn } from "../../turn/acceptTurn.ts"
import { Turns } from "../../turn/Turns.ts"
import { command, dialogsIn, type DialogStore, first, messagesOf, newWorkspace, type Tests } from "../fixtures.ts"

const ada = UserId.make("ada")

/** Where a message ends up, for each outcome of the resolution. */
export const placements = (it: Tests<DialogStore>): void => {
  it.effect("a new user gets a contact and a dialog", () =>
    Effect.gen(function* () {
      const { agent, workspaceId } = yield* newWorkspace
      const turns = yield* Turns
      const names = { workspaceId, userId: ada, dialogId: null, idempotency: null }
      assert.deepStrictEqual(yield* turns.facts(names), {
        agent,
        chatbot: null,
        messagesLeft: null,
        workspaceBudget: null,
        replay: null,
        contact: null,
        dialog: null
      })
      const channel = { type: "WECHAT", proxy: "CHATLY" }
      const { dialogId } = yield* acceptTurn(command(workspaceId, { userId: ada, channel }))
      const dialog = yield* dialogsIn(workspaceId).pipe(Effect.flatMap(first))
      assert.include(dialog, { id: dialogId, userId: ada, mode: "ai", messageCount: 1 })
      assert.deepStrictEqual(dialog.channel, channel)
      const facts = yield* turns.facts({ ...names, dialogId })
      assert.deepStrictEqual(facts, {
        agent,
        chatbot: null,
        messagesLeft: null,
        workspaceBudget: null,
        replay: null,
        contact: { id: dialog.contactId, activeDialogId: dialogId },
        dialog: { id: dialogId, contactId: dialog.contactId, agentId: agent.id }
      })
    })
  )

  it.effect("a named agent answers in dialogs of its own; one that does not exist takes nothing", () =>
    Effect.gen(function* () {
      const { agent, workspaceId } = yield* newWorkspace
      const { dialogId } = yield* acceptTurn(command(workspaceId, { agentId: agent.id }))
      const [dialog] = yield* dialogsIn(workspaceId)
      assert.include(dialog, { id: dialogId, agentId: agent.id })
      yield* acceptTurn(command(workspaceId, { dialogId, dialogsOf: agent.id }))
      const other = yield* (yield* Ids).agentId
      const foreign = acceptTurn(command(workspaceId, { dialogId, dialogsOf: other, ifMissing: "create" }))
      assert.deepStrictEqual(yield* Effect.flip(foreign), new DialogNotFound({ dialogId }))
      const nobody = acceptTurn(command(workspaceId, { agentId: other }))
      assert.deepStrictEqual(yield* Effect.flip(nobody), new AgentNotFound({ agentId: other }))
      assert.strictEqual((yield* dialogsIn(workspaceId)).length, 1)
    })
  )

  it.effect("without a userId every new dialog has an anonymous contact of its own", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      yield* acceptTurn(command(workspaceId))
      yield* acceptTurn(command(workspaceId))
      const dialogs = yield* dialogsIn(workspaceId)
      assert.deepStrictEqual(
        dialogs.map(({ userId }) => userId),
        [null, null]
      )
      assert.strictEqual(new Set(dialogs.map(({ contactId }) => contactId)).size, 2)
    })
  )

  it.effect("the dialog is found again by its id, by its user and by both", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const { dialogId } = yield* acceptTurn(command(workspaceId, { userId: ada }))
      for (const names of [{ dialogId }, { userId: ada }, { dialogId, userId: ada }]) {
        assert.strictEqual((yield* acceptTurn(command(workspaceId, names))).dialogId, dialogId)
      }
      const [dialog, ...others] = yield* dialogsIn(workspaceId)
      assert.deepStrictEqual(others, [])
      assert.strictEqual(dialog?.messageCount, 4)
      const sequences = (yield* messagesOf(workspaceId, dialogId)).map(({ sequence }) => sequence)
      assert.deepStrictEqual(sequences, [1, 2, 3, 4])
    })
  )

  it.effect("a missing dialog is made under the caller's own id, for the contact it names", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const opening = yield* acceptTurn(command(workspaceId, { userId: ada }))
      const dialogId = DialogId.make("订单 42/é")
      const made = yield* acceptTurn(command(workspaceId, { userId: ada, dialogId, ifMissing: "create" }))
      assert.strictEqual(made.dialogId, dialogId)
      const anonymous = DialogId.make("nobody's")
      yield* acceptTurn(command(workspaceId, { dialogId: anonymous, ifMissing: "create" }))
      const dialogs = yield* Dialogs
      const old = yield* dialogs.find(workspaceId, opening.dialogId).pipe(Effect.flatMap(Effect.fromOption))
      const named = yield* dialogs.find(workspaceId, dialogId).pipe(Effect.flatMap(Effect.fromOption))
      assert.include(named, { contactId: old.contactId, userId: ada })
      const unnamed = yield* dialogs.find(workspaceId, anonymous).pipe(Effect.flatMap(Effect.fromOption))
      assert.strictEqual(unnamed.userId, null)
    })
  )

  it.effect("a user's next message goes to the most recently active dialog", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const { dialogId: oldest } = yield* acceptTurn(command(workspaceId, { userId: ada }))
      const second = DialogId.make("second")
      yield* acceptTurn(command(workspaceId, { userId: ada, dialogId: second, ifMissing: "create" }))
      assert.strictEqual((yield* acceptTurn(command(workspaceId, { userId: ada }))).dialogId, second)
      yield* acceptTurn(command(workspaceId, { dialogId: oldest }))
      assert.strictEqual((yield* acceptTurn(command(workspaceId, { userId: ada }))).dialogId, oldest)
    })
  )

  it.effect("a refused request stores nothing", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const turns = yield* Turns
      const { dialogId } = yield* acceptTurn(command(workspaceId))
      const unknown = { dialogId: DialogId.make("dlg_unknown"), userId: ada }
      const refused = (names: typeof unknown) => Effect.flip(acceptTurn(command(workspaceId, names)))
      assert.strictEqual((yield* refused(unknown))._tag, "DialogNotFound")
      assert.strictEqual((yield* refused({ dialogId, userId: ada }))._tag, "DialogContactMismatch")
      assert.strictEqual((yield* turns.facts({ workspaceId, idempotency: null, ...unknown })).contact, null)
      assert.strictEqual((yield* dialogsIn(workspaceId)).length, 1)
      assert.strictEqual((yield* messagesOf(workspaceId, dialogId)).length, 1)
      assert.isTrue(Option.isNone(yield* (yield* Dialogs).find(workspaceId, unknown.dialogId)))
    })
  )
}
