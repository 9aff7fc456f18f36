import { assert } from "@effect/vitest"
import { Effect, Option } from "effect"
import type { AgentLog } from "../../agent/AgentLog.ts"
import { Dialogs } from "../../dialog/Dialogs.ts"
import { UserId } from "../../ids/brands.ts"
import type { TurnStep } from "../../turn/Turn.ts"
import { acceptTurn } from "../../turn/acceptTurn.ts"
import { Turns } from "../../turn/Turns.ts"
import {
  acceptLeased,
  claimIn,
  command,
  dialogsIn,
  type DialogStore,
  first,
  getTurn,
  LONG_MS,
  messagesOf,
  newReply,
  newWorkspace,
  type Tests
} from "../fixtures.ts"

const agentLogs: ReadonlyArray<AgentLog> = [
  { type: "language", message: "中文", status: "certain", timestamp: 1_762_915_391_425 },
  { type: "tool", name: "新建订单", costTime: 5, status: "success", timestamp: 1_762_915_391_425 },
  { type: "internalTool", entity: { name: "visitor", values: ["小牙仔", "13812345678"] }, timestamp: 0.5 }
]

const steps: ReadonlyArray<TurnStep> = [
  { name: "language", startedAt: 1_762_915_391_425, durationMs: 0.25, outcome: "ok" },
  { name: "tool", startedAt: 1_762_915_391_426, durationMs: 12, outcome: "failed" }
]

const TEXTS = {
  Chinese: "我想申请订单退款,订单号是 202602050001,可以帮我看下流程吗?",
  emoji: "👩‍👩‍👧‍👦 🇨🇳 ❤️‍🔥",
  "right to left": "أين طلبي؟ \u200Fשלום",
  quotes: `it's "quoted" \\ {"a": [1]} %s $1 ; drop table turn; --\n\t`,
  "32,000 characters": "界".repeat(31_999) + "x"
}

/** What was stored is what is read. */
export const records = (it: Tests<DialogStore>): void => {
  it.effect("a completed turn shows its query, replies, logs, steps and times", () =>
    Effect.gen(function* () {
      const { agent, workspaceId } = yield* newWorkspace
      const turns = yield* Turns
      const channel = { type: "WECHAT", proxy: "CHATLY" }
      const { turnId } = yield* acceptTurn(command(workspaceId, { query: "Hello?", channel }))
      const queued = yield* getTurn(workspaceId, turnId)
      assert.include(queued, { status: "queued", attempts: 0, error: null, answeredBy: null })
      assert.include(queued, { startedAt: null, finishedAt: null })
      const runnable = yield* claimIn(workspaceId).pipe(Effect.flatMap(first))
      assert.include(runnable, { id: turnId, query: "Hello?", attempts: 1, workspaceId })
      assert.deepStrictEqual([runnable.agent, runnable.channel], [agent, channel])
      const text = yield* newReply("Hi! 👋")
      const image = yield* newReply("", { contentType: "image", url: "https://cdn.example.com/a.png" })
      const replies = [text, image]
      yield* turns.end(runnable, { status: "completed", replies, agentLogs, steps })
      const turn = yield* getTurn(workspaceId, turnId)
      assert.include(turn, { status: "completed", query: "Hello?", sequence: 1, attempts: 1, error: null })
      assert.deepStrictEqual([turn.replies, turn.agentLogs, turn.steps], [replies, agentLogs, steps])
      const times = [turn.createdAt, turn.startedAt, turn.finishedAt].map((time) => time?.getTime() ?? Number.NaN)
      assert.deepStrictEqual(
        times,
        times.toSorted((a, b) => a - b)
      )

      const [inbound, said, shown] = yield* messagesOf(workspaceId, turn.dialogId)
      assert.include(inbound, { id: turn.inboundMessageId, sequence: 1, turnId, senderType: "contact" })
      assert.include(inbound, { senderId: turn.contactId, contentType: "text", content: "Hello?" })
      assert.include(said, { id: text.id, sequence: 2, turnId, senderType: "agent", senderId: agent.id })
      assert.include(said, { contentType: "text", content: "Hi! 👋" })
      assert.include(shown, { id: image.id, sequence: 3, contentType: "image" })
      assert.deepStrictEqual([inbound?.agentLogs, said?.agentLogs], [[], agentLogs])
      assert.deepStrictEqual([inbound?.channel, said?.channel], [channel, channel])
      assert.strictEqual((yield* dialogsIn(workspaceId))[0]?.messageCount, 3)
    })
  )

  it.effect("a failed turn says why, keeps the contact's message and has no reply", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const turns = yield* Turns
      const turn = yield* acceptLeased(workspaceId, LONG_MS, { query: "Hello?" })
      const error = { type: "model_failed", detail: "the model did not answer" }
      assert.isFalse((yield* turns.end(turn, { status: "failed", error, agentLogs, steps })).more)
      const failed = yield* getTurn(workspaceId, turn.id)
      assert.strictEqual(failed.status, "failed")
      assert.deepStrictEqual(failed.error, error)
      assert.deepStrictEqual([failed.replies, failed.agentLogs, failed.steps], [[], agentLogs, steps])
      assert.deepStrictEqual(
        (yield* messagesOf(workspaceId, turn.dialogId)).map(({ content }) => content),
        ["Hello?"]
      )
      const { runnable } = yield* acceptTurn(command(workspaceId, { dialogId: turn.dialogId, leaseMs: LONG_MS }))
      assert.strictEqual(runnable?.lease.seq, 2)
      assert.deepStrictEqual(
        (yield* messagesOf(workspaceId, turn.dialogId)).map(({ sequence }) => sequence),
        [1, 2]
      )
    })
  )

  it.effect("attachments and a channel without a proxy come back as they were", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const channel = { type: "QYWECHAT" }
      const file = {
        name: "截图.png",
        contentType: "image/png",
        url: "https://cdn.example.com/a.png?x=1&y=é",
        size: 245
      }
      const attachments = [file, { ...file, name: "", size: 0 }]
      const { dialogId } = yield* acceptTurn(command(workspaceId, { query: "", attachments, channel }))
      const [runnable] = yield* claimIn(workspaceId)
      assert.deepStrictEqual([runnable?.attachments, runnable?.channel], [attachments, channel])
      const [message] = yield* messagesOf(workspaceId, dialogId)
      assert.deepStrictEqual([message?.attachments, message?.channel], [attachments, channel])
      const dialog = yield* (yield* Dialogs).find(workspaceId, dialogId)
      assert.deepStrictEqual(Option.getOrThrow(dialog).channel, channel)
    })
  )

  it.effect.each(Object.entries(TEXTS))("text comes back unchanged: %s", ([, text]) =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const turns = yield* Turns
      const userId = UserId.make(text.slice(0, 100))
      const turn = yield* acceptLeased(workspaceId, LONG_MS, { query: text, userId })
      const reply = yield* newReply(text)
      yield* turns.end(turn, { status: "completed", replies: [reply], agentLogs: [], steps: [] })
      const found = yield* getTurn(workspaceId, turn.id)
      assert.isTrue(found.query === text && found.replies[0]?.content === text)
      const contents = (yield* messagesOf(workspaceId, turn.dialogId)).map(({ content }) => content === text)
      assert.deepStrictEqual(contents, [true, true])
      assert.strictEqual((yield* dialogsIn(workspaceId, { userId })).length, 1)
    })
  )
}
