import {
  AgentId,
  API_CHANNEL,
  ContactId,
  DialogId,
  type Message,
  MessageId,
  type RunnableTurn,
  type Turn,
  TurnId,
  Turns,
  WorkspaceId
} from "@butler/domain"
import { chatMessages, type ModelRequest } from "@butler/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Option } from "effect"
import { defaultModelLimits } from "../../src/index.ts"
import { messagesRead, recentHistory } from "../../src/model/recentHistory.ts"
import { accept, answering, ask, newWorkspace, operatorOf, run } from "./harness.ts"
import { scriptedModel } from "./scriptedModel.ts"

const conversation = (request: ModelRequest | undefined) =>
  chatMessages(request?.body)
    .slice(1)
    .map(({ content, role }) => `${role}: ${content}`)

describe("what a model is told of the dialog", () => {
  it.live("is what was asked and answered before, never what failed", () =>
    Effect.gen(function* () {
      const server = yield* scriptedModel([
        { kind: "text", text: "one" },
        { kind: "status", status: 401 },
        { kind: "cut", after: ["half"] },
        { kind: "text", text: "four" }
      ])
      yield* Effect.gen(function* () {
        const workspaceId = yield* newWorkspace
        yield* ask(workspaceId, "first")
        yield* ask(workspaceId, "refused")
        yield* ask(workspaceId, "cut")
        yield* ask(workspaceId, "fourth")
        assert.deepStrictEqual(conversation(server.requests[3]), ["user: first", "assistant: one", "user: fourth"])
      }).pipe(Effect.provide(answering(operatorOf(server))))
    })
  )

  it.live("is of this dialog alone, and leaves out what waits behind the query", () =>
    Effect.gen(function* () {
      const server = yield* scriptedModel()
      yield* Effect.gen(function* () {
        const workspaceId = yield* newWorkspace
        yield* ask(workspaceId, "elsewhere", { userId: null })
        const { runnable } = yield* accept(workspaceId, "first")
        yield* accept(workspaceId, "second")
        assert.isNotNull(runnable)
        yield* run(runnable)
        const [second] = yield* (yield* Turns).claim(1, { token: "2", durationMs: 60_000 })
        assert.isDefined(second)
        yield* run(second)
        assert.deepStrictEqual(server.requests.slice(1).map(conversation), [
          ["user: first"],
          ["user: first", "assistant: You said: first", "user: second"]
        ])
      }).pipe(Effect.provide(answering(operatorOf(server))))
    })
  )

  it.live("is the latest whole exchanges that fit", () =>
    Effect.gen(function* () {
      const server = yield* scriptedModel([{ kind: "text", text: "1234567890" }])
      const limits = { historyMessages: 5, historyCharacters: 40 }
      yield* Effect.gen(function* () {
        const workspaceId = yield* newWorkspace
        yield* Effect.forEach(["a", "b", "c", "d".repeat(25), "e"], (query) => ask(workspaceId, query))
        assert.deepStrictEqual(server.requests.slice(3).map(conversation), [
          ["user: b", "assistant: 1234567890", "user: c", "assistant: 1234567890", `user: ${"d".repeat(25)}`],
          [`user: ${"d".repeat(25)}`, "assistant: 1234567890", "user: e"]
        ])
      }).pipe(Effect.provide(answering(operatorOf(server), limits)))
    })
  )
})

const workspaceId = WorkspaceId.make("7b6ddc8f-7ab4-4f0a-9b3c-0d2f4a1c9e11")
const dialogId = DialogId.make("dlg_1")
const contactId = ContactId.make("1")

const running: RunnableTurn = {
  id: TurnId.make("30"),
  workspaceId,
  dialogId,
  contactId,
  agent: { id: AgentId.make("1"), name: "Ada", version: 1 },
  query: "and now?",
  attachments: [],
  channel: API_CHANNEL,
  attempts: 1,
  lease: { workspaceId, key: dialogId, seq: 3, token: "1" }
}

const line = (sequence: number, senderType: Message["senderType"], turn: string | null, content: string): Message => ({
  id: MessageId.make(String(sequence)),
  dialogId,
  sequence,
  turnId: turn === null ? null : TurnId.make(turn),
  senderType,
  senderId: null,
  contentType: "text",
  content,
  url: "",
  attachments: [],
  channel: API_CHANNEL,
  agentLogs: [],
  createdAt: new Date(0)
})

/** How a turn without a reply ended, and by which turn it is answered. */
type State = readonly [status: Turn["status"], answeredBy: string | null]

const turnThat = (id: TurnId, [status, answeredBy]: State): Turn => ({
  id,
  dialogId,
  contactId,
  agentId: AgentId.make("1"),
  agentVersion: 1,
  sequence: 1,
  status,
  inboundMessageId: MessageId.make("1"),
  query: "",
  replies: [],
  agentLogs: [],
  error: null,
  steps: [],
  timeline: [],
  attempts: 1,
  answeredBy: answeredBy === null ? null : TurnId.make(answeredBy),
  createdAt: new Date(0),
  startedAt: null,
  finishedAt: null
})

/** The history of `running` in a dialog of these messages, whose turns without a reply have these states. */
const historyOf = (messages: ReadonlyArray<Message>, states: Readonly<Record<string, State>>) =>
  recentHistory(running, messages.toReversed().slice(0, messagesRead(defaultModelLimits)), defaultModelLimits).pipe(
    Effect.map(({ messages: said }) => said.map(({ content, role }) => `${role}: ${content}`)),
    Effect.provide(
      Layer.mock(Turns, {
        find: (_workspaceId, id) => {
          const state = states[id]
          return Effect.succeed(state === undefined ? Option.none() : Option.some(turnThat(id, state)))
        }
      })
    )
  )

describe("recentHistory", () => {
  it.effect("counts what another turn answers for, and not what came to nothing or is asked again", () =>
    Effect.gen(function* () {
      const messages = [
        line(1, "contact", "10", "cancelled"),
        line(2, "contact", "11", "cut short"),
        line(3, "contact", "12", "joined"),
        line(4, "contact", "13", "in the query too"),
        line(5, "contact", "30", "and now?"),
        line(6, "contact", "31", "later")
      ]
      const states = {
        10: ["cancelled", null],
        11: ["superseded", "20"],
        12: ["coalesced", "20"],
        13: ["superseded", "30"],
        31: ["coalesced", "20"]
      } as const
      assert.deepStrictEqual(yield* historyOf(messages, states), ["user: cut short", "user: joined"])
    })
  )

  it.effect("counts what people and agents said unasked, and no notices", () =>
    Effect.gen(function* () {
      const messages = [
        line(1, "agent", null, "We are closed on Monday."),
        line(2, "system", null, "handed over"),
        line(3, "contact", null, "a person, please"),
        line(4, "person", null, "Here I am."),
        line(5, "contact", "30", "and now?")
      ]
      assert.deepStrictEqual(yield* historyOf(messages, {}), [
        "assistant: We are closed on Monday.",
        "user: a person, please",
        "assistant: Here I am."
      ])
    })
  )

  it.effect("leaves out an exchange of which the page shows only the end", () =>
    Effect.gen(function* () {
      const limit = messagesRead(defaultModelLimits)
      const earlier = Array.from({ length: limit - 2 }, (_, index) => line(index + 3, "system", null, "notice"))
      const messages = [
        line(1, "contact", "9", "asked"),
        line(2, "agent", "9", "answered"),
        ...earlier,
        line(limit + 1, "contact", "30", "and now?")
      ]
      assert.deepStrictEqual(yield* historyOf(messages, {}), [])
    })
  )
})
