import { assert, layer } from "@effect/vitest"
import { Effect, type Layer, Option } from "effect"
import { exchangeOf } from "../chatbot/exchangeOf.ts"
import { ThreadMessageNotFound, ThreadNotFound, ThreadTaken } from "../chatbot/Thread.ts"
import { type NewThread, Threads } from "../chatbot/Threads.ts"
import { API_CHANNEL } from "../dialog/Dialog.ts"
import { Handovers } from "../dialog/Handovers.ts"
import { Ids } from "../ids/Ids.ts"
import { type AgentId, DialogId, MessageId, UserId, type WorkspaceId } from "../ids/brands.ts"
import { Messages } from "../message/Messages.ts"
import { acceptTurn } from "../turn/acceptTurn.ts"
import { Turns } from "../turn/Turns.ts"
import {
  acceptLeased,
  command,
  completed,
  type DialogStore,
  first,
  LONG_MS,
  newReply,
  newWorkspace
} from "./fixtures.ts"

const newThread = Effect.fnUntraced(function* (
  workspaceId: WorkspaceId,
  chatbotId: AgentId,
  given: Partial<NewThread> = {}
) {
  const ids = yield* Ids
  const dialog = yield* ids.dialogSeed
  const contactId = yield* ids.contactId
  const who = { contactId, userId: null, chatUser: {} }
  const thread: NewThread = { workspaceId, chatbotId, dialog, channel: API_CHANNEL, mode: "AI", ...who, ...given }
  return yield* (yield* Threads).create(thread)
})

/** What every store of threads does. */
export const threadsContract = <E>(
  name: string,
  store: Layer.Layer<DialogStore | Handovers | Messages | Threads, E>
): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`Threads (${name})`, (it) => {
    it.effect("a dialog is a thread of its agent: question and answer are one message", () =>
      Effect.gen(function* () {
        const { agent, workspaceId } = yield* newWorkspace
        const chatbot = { workspaceId, chatbotId: agent.id }
        const threads = yield* Threads
        const extra = { agentName: "Ada" }
        const { asked, runnable } = yield* acceptTurn(command(workspaceId, { query: "Hello", extra, leaseMs: LONG_MS }))
        assert.isNotNull(asked)
        assert.isNotNull(runnable)
        const turn = runnable
        const replies = [yield* newReply("Good day"), yield* newReply("How are you?")]
        const { repliedAt } = yield* (yield* Turns).end(turn, completed(replies))
        const [thread] = yield* threads.list(chatbot, { offset: 0, limit: 20 })
        const state = { id: turn.dialogId, mode: "AI", chatUser: null, escalated: false, resolved: false } as const
        assert.include(thread, { ...state, messages: 1, answers: 1, positive: 0, negative: 0 })
        const [message] = yield* threads.messages(workspaceId, turn.dialogId, 100)
        assert.deepStrictEqual(thread?.lastMessage, message)
        assert.deepStrictEqual(Option.getOrUndefined(yield* threads.ofTurn(workspaceId, turn.id)), message)
        const ended = { status: "completed", replies, agentLogs: [], repliedAt } as const
        const reply = { ...chatbot, threadId: null, messageId: replies[0]?.id ?? MessageId.make("1") }
        const refused = yield* Effect.flip(threads.annotate(reply, { reaction: "POSITIVE" }))
        assert.deepStrictEqual(refused, new ThreadMessageNotFound({ messageId: reply.messageId }))
        assert.deepStrictEqual(exchangeOf({ ...turn, asked, extra, ...ended }), message)
        assert.deepInclude(message, { messageType: "NORMAL_MESSAGE", reaction: "NEUTRAL", sources: [] })
        assert.deepStrictEqual([message?.question?.text, message?.answer?.text], ["Hello", "Good day\nHow are you?"])
        const found = Option.getOrThrow(yield* threads.find({ ...chatbot, threadId: turn.dialogId }))
        assert.include(found, state)
      })
    )

    it.effect("what people, the system and visitors say alone are messages of their own", () =>
      Effect.gen(function* () {
        const { agent, workspaceId } = yield* newWorkspace
        const threads = yield* Threads
        const { id: dialogId } = yield* newThread(workspaceId, agent.id, { mode: "AGENT" })
        yield* acceptTurn(command(workspaceId, { dialogId, query: "Anybody?" }))
        const messageId = yield* (yield* Ids).messageId
        const said = { workspaceId, dialogId, contentType: "text", url: "" } as const
        const prompts = [{ id: "1", title: "More", description: "Tell me more", link: null }]
        const extra = { iconUrl: "https://example.com/i.png", agentName: "Ada", prompts }
        const person = { type: "person", id: null } as const
        yield* (yield* Messages).post({ ...said, messageId, sender: person, content: "Yes", extra })
        const system = { type: "system", id: null } as const
        const left = { messageId: yield* (yield* Ids).messageId, content: "Ada left.", sender: system }
        yield* (yield* Messages).post({ ...said, ...left, extra: { systemMessageType: "PERSONA_SELECTED" } })
        const messages = yield* threads.messages(workspaceId, dialogId, 100)
        assert.deepStrictEqual(
          messages.map(({ answer, messageType, question }) => [messageType, question?.text, answer?.text]),
          [
            ["USER_MESSAGE", "Anybody?", undefined],
            ["AGENT_MESSAGE", undefined, "Yes"],
            ["SYSTEM_MESSAGE", undefined, "Ada left."]
          ]
        )
        assert.deepInclude(messages[1], extra)
        assert.strictEqual(messages[2]?.systemMessageType, "PERSONA_SELECTED")
        const [thread] = yield* threads.list({ workspaceId, chatbotId: agent.id }, { offset: 0, limit: 1 })
        assert.include(thread, { messages: 3, answers: 0 })
        assert.deepStrictEqual(thread?.lastMessage, messages[2])
      })
    )

    it.effect("a turn that fails, or is not over, leaves a question without an answer", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const threads = yield* Threads
        const turn = yield* acceptLeased(workspaceId, LONG_MS)
        const { dialogId } = turn
        const [open] = yield* threads.messages(workspaceId, dialogId, 100)
        assert.deepInclude(open, { answer: null, messageType: "NORMAL_MESSAGE", systemMessageType: null })
        const error = { type: "model_failed", detail: "down" }
        yield* (yield* Turns).end(turn, { status: "failed", error, agentLogs: [], steps: [] })
        const [failed] = yield* threads.messages(workspaceId, dialogId, 100)
        assert.strictEqual(failed?.systemMessageType, "PROBLEMS_WITH_UPSTREAM_PROVIDER")
      })
    )

    it.effect("a thread is made for whom it is told, once, and is gone on with by turns", () =>
      Effect.gen(function* () {
        const { agent, workspaceId } = yield* newWorkspace
        const userId = UserId.make("ada@example.com")
        const chatUser = { email: userId, name: "Ada" }
        const thread = yield* newThread(workspaceId, agent.id, { userId, chatUser })
        assert.include(thread, { mode: "AI", chatbotId: agent.id })
        assert.deepInclude(thread.chatUser, { ...chatUser, phoneNumber: null })
        const again = yield* newThread(workspaceId, agent.id, { userId, chatUser: { phoneNumber: "+49 30 1" } })
        assert.deepInclude(again.chatUser, { ...chatUser, phoneNumber: "+49 30 1" })
        assert.strictEqual(again.chatUser?.id, thread.chatUser?.id)
        const seed = { ...(yield* (yield* Ids).dialogSeed), id: thread.id }
        const taken = newThread(workspaceId, agent.id, { dialog: seed })
        assert.deepStrictEqual(yield* Effect.flip(taken), new ThreadTaken({ threadId: thread.id }))
        const { id } = yield* acceptLeased(workspaceId, LONG_MS, { dialogId: thread.id, dialogsOf: agent.id })
        const turn = Option.getOrThrow(yield* (yield* Turns).find(workspaceId, id))
        assert.include(turn, { dialogId: thread.id, status: "running", sequence: 1 })
        assert.strictEqual(turn.contactId, thread.chatUser?.id)
      })
    )

    it.effect("is changed, what is not named stays; a settled matter is resolved until something is said", () =>
      Effect.gen(function* () {
        const { agent, workspaceId } = yield* newWorkspace
        const threads = yield* Threads
        const turn = yield* acceptLeased(workspaceId, LONG_MS)
        const place = { workspaceId, chatbotId: agent.id, threadId: turn.dialogId }
        yield* threads.change(place, { webhookUrl: "https://example.com/hook", webhookToken: "t" })
        const changed = yield* threads.change(place, { chatUser: { name: "Ada" } })
        assert.include(changed, { webhookUrl: "https://example.com/hook", escalated: false })
        assert.include(changed.chatUser, { name: "Ada", email: null })
        assert.isNull((yield* threads.change(place, { webhookUrl: null })).webhookUrl)
        yield* (yield* Turns).end(turn, completed([yield* newReply("Done")], [{ _tag: "Resolve" }]))
        assert.isTrue(Option.getOrThrow(yield* threads.find(place)).resolved)
        yield* acceptTurn(command(workspaceId, { dialogId: turn.dialogId }))
        assert.isFalse(Option.getOrThrow(yield* threads.find(place)).resolved)
        yield* (yield* Handovers).handOver({
          workspaceId,
          dialogId: turn.dialogId,
          reason: null,
          closing: null,
          escalates: false
        })
        assert.strictEqual(Option.getOrThrow(yield* threads.find(place)).mode, "AGENT")
        const [left] = yield* threads.messages(workspaceId, turn.dialogId, 1)
        assert.deepInclude(left, { answer: null, messageType: "USER_MESSAGE" })
      })
    )

    it.effect("a message is annotated where it is, and nowhere else", () =>
      Effect.gen(function* () {
        const { agent, workspaceId } = yield* newWorkspace
        const other = yield* newWorkspace
        const threads = yield* Threads
        const { dialogId } = yield* acceptTurn(command(workspaceId))
        const { id: messageId } = yield* threads.messages(workspaceId, dialogId, 1).pipe(Effect.flatMap(first))
        const place = { workspaceId, chatbotId: agent.id, threadId: dialogId, messageId }
        yield* threads.annotate(place, { reaction: "POSITIVE" })
        yield* threads.annotate({ ...place, threadId: null }, { iconUrl: "https://example.com/i.png" })
        const [message] = yield* threads.messages(workspaceId, dialogId, 1)
        assert.include(message, { reaction: "POSITIVE", iconUrl: "https://example.com/i.png" })
        const [thread] = yield* threads.list({ workspaceId, chatbotId: agent.id }, { offset: 0, limit: 1 })
        assert.include(thread, { positive: 1, negative: 0 })
        const wrong = [
          { ...place, messageId: MessageId.make("1") },
          { ...place, threadId: DialogId.make("elsewhere") },
          { ...place, chatbotId: other.agent.id },
          { ...place, workspaceId: other.workspaceId }
        ]
        for (const nowhere of wrong) {
          const refused = yield* Effect.flip(threads.annotate(nowhere, { reaction: "NEGATIVE" }))
          assert.deepStrictEqual(refused, new ThreadMessageNotFound({ messageId: nowhere.messageId }))
        }
      })
    )

    it.effect("another workspace's, and another agent's, thread does not exist", () =>
      Effect.gen(function* () {
        const { agent, workspaceId } = yield* newWorkspace
        const other = yield* newWorkspace
        const threads = yield* Threads
        const { dialogId: threadId } = yield* acceptTurn(command(workspaceId))
        const places = [
          { workspaceId, chatbotId: other.agent.id, threadId },
          { workspaceId: other.workspaceId, chatbotId: agent.id, threadId },
          { workspaceId, chatbotId: agent.id, threadId: DialogId.make("dlg_none") }
        ]
        for (const place of places) {
          assert.isTrue(Option.isNone(yield* threads.find(place)))
          const refused = yield* Effect.flip(threads.change(place, { webhookUrl: null }))
          assert.deepStrictEqual(refused, new ThreadNotFound({ threadId: place.threadId }))
        }
        assert.deepStrictEqual(
          yield* threads.list({ workspaceId: other.workspaceId, chatbotId: agent.id }, { offset: 0, limit: 20 }),
          []
        )
      })
    )
  })
