import { assert, layer } from "@effect/vitest"
import { Array as Arr, Effect, type Layer } from "effect"
import { DialogNotFound } from "../dialog/Dialog.ts"
import { Dialogs } from "../dialog/Dialogs.ts"
import { Handovers } from "../dialog/Handovers.ts"
import { Ids } from "../ids/Ids.ts"
import { DialogId, UserId, type WorkspaceId } from "../ids/brands.ts"
import { acceptTurn } from "../turn/acceptTurn.ts"
import { TurnProgressLog } from "../turn/progress.ts"
import { LeaseLost, Turns } from "../turn/Turns.ts"
import { isEnded } from "../turn/turnStatus.ts"
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
  newWorkspace
} from "./fixtures.ts"

const CLOSING = "A colleague will be with you soon."

const handOver = Effect.fnUntraced(function* (
  workspaceId: WorkspaceId,
  dialogId: DialogId,
  given: { readonly reason?: string; readonly content?: string | null } = {}
) {
  const messageId = yield* (yield* Ids).messageId
  const { content = CLOSING, reason = "asked for a person" } = given
  const closing = content === null ? null : { messageId, content }
  return yield* (yield* Handovers).handOver({ workspaceId, dialogId, reason, closing, escalates: true })
})

const getDialog = Effect.fnUntraced(function* (workspaceId: WorkspaceId, dialogId: DialogId) {
  return yield* (yield* Dialogs).find(workspaceId, dialogId).pipe(Effect.flatMap(Effect.fromOption))
})

/** What every store of hand-overs does. Nothing else may claim from the store meanwhile. */
export const handoversContract = <E>(name: string, store: Layer.Layer<DialogStore | Handovers, E>): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`Handovers (${name})`, (it) => {
    it.effect("a hand-over ends the running turn and those in line, and the agent says its last words", () =>
      Effect.gen(function* () {
        const { agent, workspaceId } = yield* newWorkspace
        const running = yield* acceptLeased(workspaceId, LONG_MS)
        const { dialogId } = running
        const waiting = yield* acceptTurn(command(workspaceId, { dialogId }))
        const log = yield* TurnProgressLog
        const { id: turnId, lease } = running
        yield* log.append([{ turnId, lease, events: [{ n: 2, kind: "delta", text: "It is" }] }])
        const { cancelled, dialog } = yield* handOver(workspaceId, dialogId)
        assert.deepStrictEqual(cancelled, [running.id, waiting.turnId])
        assert.strictEqual(dialog.mode, "human")
        assert.strictEqual(dialog.handover?.reason, "asked for a person")
        assert.instanceOf(dialog.handover?.at, Date)
        assert.deepStrictEqual(yield* getDialog(workspaceId, dialogId), dialog)
        assert.deepStrictEqual(yield* log.after(workspaceId, turnId, 0), [])
        for (const stopped of cancelled) {
          assert.include(yield* getTurn(workspaceId, stopped), { status: "cancelled", error: null })
        }
        const late = (yield* Turns).end(running, completed([yield* newReply("too late")]))
        assert.deepStrictEqual(yield* Effect.flip(late), new LeaseLost({ turnId: running.id }))
        assert.deepStrictEqual(yield* claimIn(workspaceId), [])
        const messages = yield* messagesOf(workspaceId, dialogId)
        assert.deepStrictEqual(
          messages.map(({ sequence }) => sequence),
          [1, 2, 3]
        )
        const said = {
          senderType: "agent",
          senderId: agent.id,
          contentType: "text",
          content: CLOSING,
          turnId: null
        } as const
        assert.include(messages[2], said)
      })
    )

    it.effect("a second hand-over changes nothing and says nothing", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const { dialogId } = yield* acceptLeased(workspaceId, LONG_MS)
        const first = yield* handOver(workspaceId, dialogId)
        const second = yield* handOver(workspaceId, dialogId, { reason: "again", content: "Goodbye again" })
        assert.deepStrictEqual(second, { dialog: first.dialog, cancelled: [] })
        const all = yield* Effect.all(
          Arr.map(Arr.range(1, 5), () => handOver(workspaceId, dialogId)),
          { concurrency: "unbounded" }
        )
        for (const { dialog } of all) assert.deepStrictEqual(dialog, first.dialog)
        assert.strictEqual((yield* messagesOf(workspaceId, dialogId)).length, 2)
      })
    )

    it.effect("without reason and last words, neither is stored", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const { dialogId } = yield* acceptLeased(workspaceId, LONG_MS)
        const request = { workspaceId, dialogId, reason: null, closing: null, escalates: true }
        const { dialog } = yield* (yield* Handovers).handOver(request)
        assert.isNull(dialog.handover?.reason)
        assert.strictEqual((yield* messagesOf(workspaceId, dialogId)).length, 1)
      })
    )

    it.effect.each(["enqueue", "coalesce", "supersede", "reject"] as const)(
      "while people have the dialog a message is kept and its turn is over at once: %s",
      (onBusy) =>
        Effect.gen(function* () {
          const { workspaceId } = yield* newWorkspace
          const { dialogId } = yield* acceptLeased(workspaceId, LONG_MS)
          yield* handOver(workspaceId, dialogId, { content: null })
          const quietMs = onBusy === "coalesce" ? 1000 : 0
          const said = { dialogId, onBusy, quietMs, query: "Anybody?", leaseMs: LONG_MS }
          const accepted = yield* acceptTurn(command(workspaceId, said))
          assert.strictEqual(accepted.status, "completed")
          assert.isNull(accepted.runnable)
          const turn = yield* getTurn(workspaceId, accepted.turnId)
          assert.include(turn, { status: "completed", sequence: null, attempts: 0, error: null, query: "Anybody?" })
          assert.deepStrictEqual([turn.replies, turn.agentLogs, turn.startedAt], [[], [], null])
          assert.isNotNull(turn.finishedAt)
          assert.deepStrictEqual(yield* claimIn(workspaceId), [])
          const [, message] = yield* messagesOf(workspaceId, dialogId)
          assert.include(message, { sequence: 2, senderType: "contact", content: "Anybody?", turnId: turn.id })
          assert.deepStrictEqual(yield* (yield* Turns).cancel(workspaceId, turn.id), turn)
        })
    )

    it.effect("handed back, the agent goes on behind what was said, in the dialog's order", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const handovers = yield* Handovers
        const { dialogId } = yield* acceptLeased(workspaceId, LONG_MS)
        assert.strictEqual((yield* getDialog(workspaceId, dialogId)).contextStart, 0)
        yield* handOver(workspaceId, dialogId)
        yield* acceptTurn(command(workspaceId, { dialogId }))
        const back = yield* handovers.handBack(workspaceId, dialogId)
        assert.deepInclude(back, { mode: "ai", handover: null, contextStart: 3, messageCount: 3 })
        const next = yield* acceptLeased(workspaceId, LONG_MS, { dialogId })
        assert.strictEqual(next.lease.seq, 2)
        yield* (yield* Turns).end(next, completed([yield* newReply("Hello again")]))
        const again = yield* handovers.handBack(workspaceId, dialogId)
        assert.deepInclude(again, { mode: "ai", contextStart: 3, messageCount: 5 })
      })
    )

    it.effect("only the dialog in question changes", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const { dialogId } = yield* acceptLeased(workspaceId, LONG_MS)
        const other = yield* acceptLeased(workspaceId, LONG_MS)
        yield* handOver(workspaceId, dialogId)
        assert.strictEqual((yield* getDialog(workspaceId, other.dialogId)).mode, "ai")
        assert.isFalse((yield* (yield* Turns).end(other, completed())).more)
      })
    )

    it.effect("messages at the same moment come before the hand-over and are cancelled, or after it and wait", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const userId = UserId.make("ada")
        const { dialogId } = yield* acceptTurn(command(workspaceId, { userId }))
        const say = acceptTurn(command(workspaceId, { userId, leaseMs: LONG_MS }))
        const work = [
          ...Arr.replicate(say, 10),
          Effect.asVoid(handOver(workspaceId, dialogId)),
          ...Arr.replicate(say, 10)
        ]
        yield* Effect.all(work, { concurrency: "unbounded" })
        assert.deepStrictEqual(yield* claimIn(workspaceId), [])
        const messages = yield* messagesOf(workspaceId, dialogId)
        assert.deepStrictEqual(
          messages.map(({ sequence }) => sequence),
          Arr.range(1, 22)
        )
        const closing = messages.findIndex(({ senderType }) => senderType === "agent")
        for (const [place, { turnId }] of messages.entries()) {
          if (turnId === null) continue
          const { status } = yield* getTurn(workspaceId, turnId)
          assert.isTrue(isEnded(status))
          assert.strictEqual(status, place < closing ? "cancelled" : "completed")
        }
      })
    )

    it.effect("a dialog that does not exist, or is another workspace's, is not found", () =>
      Effect.gen(function* () {
        const [mine, theirs] = [yield* newWorkspace, yield* newWorkspace]
        const { dialogId } = yield* acceptLeased(theirs.workspaceId, LONG_MS)
        for (const id of [dialogId, DialogId.make("none")]) {
          const missing = new DialogNotFound({ dialogId: id })
          assert.deepStrictEqual(yield* Effect.flip(handOver(mine.workspaceId, id)), missing)
          const back = (yield* Handovers).handBack(mine.workspaceId, id)
          assert.deepStrictEqual(yield* Effect.flip(back), missing)
        }
        assert.strictEqual((yield* getDialog(theirs.workspaceId, dialogId)).mode, "ai")
      })
    )
  })
