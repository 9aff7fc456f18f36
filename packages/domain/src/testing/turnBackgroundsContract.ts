import { assert, layer } from "@effect/vitest"
import { Array as Arr, Effect, type Layer } from "effect"
import { Handovers } from "../dialog/Handovers.ts"
import { Ids } from "../ids/Ids.ts"
import { Memories } from "../recall/Memories.ts"
import { acceptTurn } from "../turn/acceptTurn.ts"
import { TurnBackgrounds } from "../turn/TurnBackgrounds.ts"
import { Turns } from "../turn/Turns.ts"
import { acceptLeased, command, completed, type DialogStore, LONG_MS, newReply, newWorkspace } from "./fixtures.ts"

const photo = { name: "receipt.png", contentType: "image/png", url: "https://files.example/1", size: 7 }

/** What every store of backgrounds does. */
export const turnBackgroundsContract = <E>(
  name: string,
  store: Layer.Layer<DialogStore | Handovers | Memories | TurnBackgrounds, E>
): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`TurnBackgrounds (${name})`, (it) => {
    it.effect("has what was said, newest first, and what is known of the contact", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const turn = yield* acceptLeased(workspaceId, LONG_MS, { query: "“Where”?", attachments: [photo] })
        const { contactId, dialogId } = turn
        const reply = yield* newReply("It is \\ here 👋")
        yield* (yield* Turns).end(turn, completed([reply], [{ _tag: "ContactDetails", details: { name: "Ada" } }]))
        const next = yield* acceptTurn(command(workspaceId, { dialogId, query: "And now?" }))
        const memories = yield* Memories
        const kept = yield* Effect.forEach(["has a dog", "is vegan"], (text) =>
          Effect.gen(function* () {
            const id = yield* (yield* Ids).memoryId
            return yield* memories.add(workspaceId, contactId, { id, text, sourceMessageId: null })
          })
        )
        const { find } = yield* TurnBackgrounds
        const asked = { workspaceId, dialogId, contactId, messages: 10, memories: 10 }
        const background = yield* find(asked)
        const summary = background.said.map(({ attachments, content, senderType, sequence, turnId }) => ({
          attachments,
          content,
          senderType,
          sequence,
          turnId
        }))
        assert.deepStrictEqual(summary, [
          { sequence: 3, turnId: next.turnId, senderType: "contact", content: "And now?", attachments: [] },
          { sequence: 2, turnId: turn.id, senderType: "agent", content: reply.content, attachments: [] },
          { sequence: 1, turnId: turn.id, senderType: "contact", content: "“Where”?", attachments: [photo] }
        ])
        const known = background.memories.map(({ id, text, updatedAt }) => ({ id, text, at: updatedAt.getTime() }))
        const added = kept.map(({ id, text, updatedAt }) => ({ id, text, at: updatedAt.getTime() }))
        assert.deepStrictEqual(known, added.toReversed())
        assert.deepStrictEqual(background.details, { name: "Ada" })
        const few = yield* find({ ...asked, messages: 1, memories: 1 })
        assert.deepStrictEqual([few.said[0]?.sequence, few.said.length, few.memories.length], [3, 1, 1])
        const none = { said: [], memories: [], details: {} }
        const least = yield* find({ ...asked, messages: 0, memories: 0 })
        assert.deepStrictEqual(least, { ...none, details: { name: "Ada" } })
        const other = yield* newWorkspace
        assert.deepStrictEqual(yield* find({ ...asked, workspaceId: other.workspaceId }), none)
      })
    )

    it.effect("begins where people gave the dialog back", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const { contactId, dialogId } = yield* acceptLeased(workspaceId, LONG_MS)
        const { handBack, handOver } = yield* Handovers
        yield* handOver({ workspaceId, dialogId, reason: "asked for a person", escalates: false, closing: null })
        yield* acceptTurn(command(workspaceId, { dialogId, query: "to a person" }))
        yield* handBack(workspaceId, dialogId)
        yield* Effect.forEach(Arr.range(1, 2), (n) => acceptTurn(command(workspaceId, { dialogId, query: `${n}` })))
        const { find } = yield* TurnBackgrounds
        const { said } = yield* find({ workspaceId, dialogId, contactId, messages: 10, memories: 0 })
        assert.deepStrictEqual(
          said.map(({ content }) => content),
          ["2", "1"]
        )
      })
    )
  })
