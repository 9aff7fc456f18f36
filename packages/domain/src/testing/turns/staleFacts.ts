import { assert } from "@effect/vitest"
import { Effect, Option } from "effect"
import { API_CHANNEL, type DialogSeed } from "../../dialog/Dialog.ts"
import { Ids } from "../../ids/Ids.ts"
import { type ContactId, type DialogId, UserId } from "../../ids/brands.ts"
import { acceptTurn } from "../../turn/acceptTurn.ts"
import { type Placement, StaleResolution, Turns } from "../../turn/Turns.ts"
import { command, dialogsIn, type DialogStore, first, messagesOf, newWorkspace, type Tests } from "../fixtures.ts"

const ada = UserId.make("ada")
const grace = UserId.make("grace")

interface Names {
  /** Of Ada, and the dialog she has. */
  readonly contactId: ContactId
  readonly dialogId: DialogId
  /** Of nobody. */
  readonly newContactId: ContactId
  readonly dialog: DialogSeed
}

/** Placements that rest on facts which do not hold. */
const stale: Record<string, (names: Names) => Placement> = {
  "the user is known by now": ({ dialog, newContactId }) => ({
    _tag: "NewContact",
    contactId: newContactId,
    userId: ada,
    dialog
  }),
  "a new contact's dialog id is taken by now": ({ dialog, dialogId, newContactId }) => ({
    _tag: "NewContact",
    contactId: newContactId,
    userId: grace,
    dialog: { ...dialog, id: dialogId }
  }),
  "a known contact's dialog id is taken by now": ({ contactId, dialog, dialogId }) => ({
    _tag: "NewDialog",
    contactId,
    dialog: { ...dialog, id: dialogId },
    onlyIfNone: false
  }),
  "the contact has a dialog by now": ({ contactId, dialog }) => ({
    _tag: "NewDialog",
    contactId,
    dialog,
    onlyIfNone: true
  }),
  "the dialog is gone": ({ contactId, dialog }) => ({ _tag: "ExistingDialog", contactId, dialogId: dialog.id })
}

/** A placement whose facts have changed is refused as stale, and leaves no trace. */
export const staleFacts = (it: Tests<DialogStore>): void => {
  it.effect.each(Object.entries(stale))("stale, and nothing is stored: %s", ([, placementOf]) =>
    Effect.gen(function* () {
      const { agent, workspaceId } = yield* newWorkspace
      const turns = yield* Turns
      const ids = yield* Ids
      const { dialogId } = yield* acceptTurn(command(workspaceId, { userId: ada }))
      const before = yield* dialogsIn(workspaceId)
      const { contactId } = yield* first(before)
      const names = { contactId, dialogId, newContactId: yield* ids.contactId, dialog: yield* ids.dialogSeed }
      const placement = placementOf(names)
      const turnId = yield* ids.turnId
      const error = yield* Effect.flip(
        turns.accept({
          workspaceId,
          placement,
          turnId,
          messageId: yield* ids.messageId,
          agentId: agent.id,
          agentVersion: agent.version,
          query: "Hello",
          attachments: [],
          channel: API_CHANNEL,
          sendWebhook: null,
          onBusy: "enqueue",
          quietMs: 0,
          idempotency: null,
          lease: null
        })
      )
      const stale = "dialog" in placement ? placement.dialog.id : placement.dialogId
      assert.deepStrictEqual(error, new StaleResolution({ dialogId: stale }))
      assert.isTrue(Option.isNone(yield* turns.find(workspaceId, turnId)))
      assert.deepStrictEqual(yield* dialogsIn(workspaceId), before)
      assert.strictEqual((yield* messagesOf(workspaceId, dialogId)).length, 1)
      const facts = yield* turns.facts({ workspaceId, userId: ada, dialogId: names.dialog.id, idempotency: null })
      assert.deepStrictEqual(facts, {
        agent,
        chatbot: null,
        messagesLeft: null,
        workspaceBudget: null,
        replay: null,
        contact: { id: contactId, activeDialogId: dialogId },
        dialog: null
      })
      assert.strictEqual(
        (yield* turns.facts({ workspaceId, userId: grace, dialogId, idempotency: null })).contact,
        null
      )
    })
  )
}
