import { assert, layer } from "@effect/vitest"
import { Array as Arr, Effect, type Layer, Option } from "effect"
import { DialogNotFound } from "../dialog/Dialog.ts"
import { Dialogs } from "../dialog/Dialogs.ts"
import { Ids } from "../ids/Ids.ts"
import type { DialogId, WorkspaceId } from "../ids/brands.ts"
import { Messages, type Notice, type Posting } from "../message/Messages.ts"
import { acceptTurn } from "../turn/acceptTurn.ts"
import { claimIn, command, type DialogStore, messagesOf, newWorkspace } from "./fixtures.ts"

const post = Effect.fnUntraced(function* (workspaceId: WorkspaceId, dialogId: DialogId, given: Partial<Posting> = {}) {
  const messageId = yield* (yield* Ids).messageId
  const said = { sender: { type: "person", id: null }, contentType: "text", content: "Hello", url: "" } as const
  return yield* (yield* Messages).post({ workspaceId, dialogId, messageId, ...said, ...given })
})

const notify = Effect.fnUntraced(function* (
  workspaceId: WorkspaceId,
  dialogId: DialogId,
  type: Notice["type"] = "EXCEEDED_USAGE_LIMITS"
) {
  const messageId = yield* (yield* Ids).messageId
  return yield* (yield* Messages).notify({ workspaceId, dialogId, messageId, content: "No more.", type })
})

/** What every store of messages does. */
export const messagesContract = <E>(name: string, store: Layer.Layer<DialogStore | Messages, E>): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`Messages (${name})`, (it) => {
    it.effect("a message of a person or an agent stands in the dialog, with no turn", () =>
      Effect.gen(function* () {
        const { agent, workspaceId } = yield* newWorkspace
        const channel = { type: "WECHAT", proxy: "CHATLY" }
        const { dialogId } = yield* acceptTurn(command(workspaceId, { channel }))
        const url = "https://cdn.example.com/a.png"
        const posted = [
          yield* post(workspaceId, dialogId, { sender: { type: "person", id: "staff 7" }, content: "it's “me” \\ 👋" }),
          yield* post(workspaceId, dialogId),
          yield* post(workspaceId, dialogId, {
            sender: { type: "agent", id: null },
            contentType: "image",
            content: "",
            url
          }),
          yield* post(workspaceId, dialogId, { sender: { type: "agent", id: "42" } })
        ]
        assert.deepStrictEqual(
          posted.map(({ senderType, senderId, sequence }) => [senderType, senderId, sequence]),
          [
            ["person", "staff 7", 2],
            ["person", null, 3],
            ["agent", agent.id, 4],
            ["agent", "42", 5]
          ]
        )
        assert.deepInclude(posted[0], {
          dialogId,
          turnId: null,
          content: "it's “me” \\ 👋",
          url: "",
          channel,
          agentLogs: []
        })
        assert.include(posted[2], { contentType: "image", content: "", url })
        const [, ...stored] = yield* messagesOf(workspaceId, dialogId)
        assert.deepStrictEqual(stored, posted)
        const dialog = yield* (yield* Dialogs).find(workspaceId, dialogId).pipe(Effect.flatMap(Effect.fromOption))
        assert.include(dialog, { messageCount: 5, mode: "ai" })
      })
    )

    it.effect("sequences stay gapless when all speak at once", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const { dialogId } = yield* acceptTurn(command(workspaceId))
        const say = Effect.asVoid(acceptTurn(command(workspaceId, { dialogId })))
        const speak = Effect.asVoid(post(workspaceId, dialogId))
        yield* Effect.all([...Arr.replicate(say, 8), ...Arr.replicate(speak, 8)], { concurrency: "unbounded" })
        assert.deepStrictEqual(
          (yield* messagesOf(workspaceId, dialogId)).map(({ sequence }) => sequence),
          Arr.range(1, 17)
        )
        assert.strictEqual((yield* claimIn(workspaceId)).length, 1)
      })
    )

    it.effect("a notice stands at the end of a dialog once, however many tell it at once", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const { dialogId } = yield* acceptTurn(command(workspaceId))
        const told = yield* Effect.all(Arr.replicate(notify(workspaceId, dialogId), 12), { concurrency: "unbounded" })
        const [notice, ...more] = Arr.getSomes(told)
        assert.deepStrictEqual(more, [])
        assert.deepInclude(notice, {
          senderType: "system",
          senderId: null,
          turnId: null,
          content: "No more.",
          sequence: 2
        })
        assert.isTrue(Option.isNone(yield* notify(workspaceId, dialogId)))
        assert.isTrue(Option.isSome(yield* notify(workspaceId, dialogId, "PERSONA_SELECTED")))
        assert.isTrue(Option.isSome(yield* notify(workspaceId, dialogId)))
        yield* post(workspaceId, dialogId)
        assert.isTrue(Option.isSome(yield* notify(workspaceId, dialogId)))
        assert.strictEqual((yield* messagesOf(workspaceId, dialogId)).length, 6)
      })
    )

    it.effect("a notice in another workspace's dialog is not posted", () =>
      Effect.gen(function* () {
        const [mine, theirs] = [yield* newWorkspace, yield* newWorkspace]
        const { dialogId } = yield* acceptTurn(command(theirs.workspaceId))
        assert.isTrue(Option.isNone(yield* notify(mine.workspaceId, dialogId)))
        assert.strictEqual((yield* messagesOf(theirs.workspaceId, dialogId)).length, 1)
      })
    )

    it.effect("another workspace's dialog is not found", () =>
      Effect.gen(function* () {
        const [mine, theirs] = [yield* newWorkspace, yield* newWorkspace]
        const { dialogId } = yield* acceptTurn(command(theirs.workspaceId))
        const refused = yield* Effect.flip(post(mine.workspaceId, dialogId))
        assert.deepStrictEqual(refused, new DialogNotFound({ dialogId }))
        assert.strictEqual((yield* messagesOf(theirs.workspaceId, dialogId)).length, 1)
      })
    )
  })
