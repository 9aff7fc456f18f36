import { Dialogs, Memories, ModelUses, type RunnableTurn } from "@butler/domain"
import { chatMessages } from "@butler/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Schedule } from "effect"
import { Agent } from "undici"
import { defaultModelLimits, LanguageModelLazy } from "../../src/index.ts"
import { chooseModels } from "../../src/model/chooseModel.ts"
import { distill } from "../../src/recall/distill.ts"
import { answering, ask, changeTheAgent, newWorkspace, operatorOf, withRemembering } from "../model/harness.ts"
import { scriptedModel } from "../model/scriptedModel.ts"

const memoriesOf = ({ contactId, workspaceId }: RunnableTurn) =>
  Memories.use(({ list }) => list({ workspaceId, contactId, after: null, limit: 100 }))

/** Until the dialog has been read through its last message. */
const untilRead = ({ dialogId, workspaceId }: RunnableTurn, through: number) =>
  Memories.use(({ readThrough }) => readThrough(workspaceId, dialogId)).pipe(
    Effect.repeat({ until: (read) => read === through, schedule: Schedule.spaced("10 millis") }),
    Effect.timeout("10 seconds")
  )

const remember = (...facts: ReadonlyArray<unknown>) =>
  ({ kind: "toolCalls", calls: [{ name: "remember", arguments: { facts } }] }) as const

const read = ({ turn }: { readonly turn: RunnableTurn }) =>
  distill(turn, chooseModels(turn.agent, null), defaultModelLimits)

describe("a dialog with a model", () => {
  it.live("is read for facts once it is quiet: each has its source, and what it corrects goes", () =>
    Effect.gen(function* () {
      const server = yield* scriptedModel([
        { kind: "text", text: "Noted." },
        remember(
          { text: "wears size M", message: 1 },
          { text: "card 4111 1111 1111 1111", message: 1 },
          { text: "told by the agent", message: 2 }
        ),
        { kind: "text", text: "Noted, too." },
        remember({ text: "wears size L", message: 1, replaces: [1] })
      ])
      yield* Effect.gen(function* () {
        const workspaceId = yield* newWorkspace
        const { turn } = yield* ask(workspaceId, "My size is M, as you should know")
        yield* untilRead(turn, 2)
        const [memory, ...others] = yield* memoriesOf(turn)
        assert.deepStrictEqual([memory?.text, others], ["wears size M", []])
        const { dialogId } = turn
        const [asked] = yield* (yield* Dialogs).messages({ workspaceId, dialogId, order: "asc", after: null, limit: 1 })
        assert.strictEqual(memory?.sourceMessageId, asked?.id)
        yield* ask(workspaceId, "I wear size L by now, sorry", { dialogId })
        yield* untilRead(turn, 4)
        assert.deepStrictEqual(
          (yield* memoriesOf(turn)).map(({ text }) => text),
          ["wears size L"]
        )
        assert.strictEqual(server.requests.length, 4)
        const prompt = chatMessages(server.requests[3]?.body)[1]?.content ?? ""
        assert.include(prompt, JSON.stringify({ fact: 1, text: "wears size M" }))
        assert.notInclude(prompt, "as you should know")
      }).pipe(Effect.provide(withRemembering(operatorOf(server))))
    })
  )

  it.live("costs what it costs: it is in the ledger, under the budgets, and not read where they are spent", () =>
    Effect.gen(function* () {
      const usage = { promptTokens: 100, completionTokens: 10 }
      const server = yield* scriptedModel(({ bodyText }) =>
        bodyText.includes('"remember"')
          ? { ...remember({ text: "has a dog", message: 1 }), usage }
          : { kind: "text", text: "Noted.", usage }
      )
      yield* Effect.gen(function* () {
        const workspaceId = yield* newWorkspace
        const prices = { inputPerMillion: 1_000, outputPerMillion: 1_000 }
        yield* changeTheAgent(workspaceId, { model: { url: server.url, model: "m", prices } })
        const first = yield* ask(workspaceId, "I have a dog, by the way")
        const { contactId, dialogId } = first.turn
        yield* read(first)
        const use = { calls: 2, inputTokens: 200, outputTokens: 20, cost: 0.22 }
        const used = yield* (yield* ModelUses).soFar(workspaceId, contactId)
        assert.deepStrictEqual(used, { contactToday: use, workspaceThisMonth: use })

        yield* changeTheAgent(workspaceId, { budgets: { contactPerDay: { tokens: 221 } } })
        yield* read(yield* ask(workspaceId, "and I have a cat as well", { dialogId }))
        assert.strictEqual(server.requests.length, 3)
        const { readThrough } = yield* Memories
        assert.strictEqual(yield* readThrough(workspaceId, dialogId), 2)
        yield* changeTheAgent(workspaceId, { budgets: null })
        yield* read(yield* ask(workspaceId, "and two birds", { dialogId }))
        assert.strictEqual(yield* readThrough(workspaceId, dialogId), 6)
      }).pipe(Effect.provide([answering(null), LanguageModelLazy({ guarded: new Agent() })]))
    })
  )

  it.live("is read as having told nothing by a model that says nothing, and again after one that fails", () =>
    Effect.gen(function* () {
      const server = yield* scriptedModel([
        { kind: "text", text: "Noted." },
        { kind: "status", status: 400 },
        { kind: "text", text: "Noted." },
        { kind: "empty" }
      ])
      yield* Effect.gen(function* () {
        const workspaceId = yield* newWorkspace
        const { turn } = yield* ask(workspaceId, "I have a dog, by the way")
        yield* Effect.repeat(Effect.sleep("10 millis"), { until: () => server.requests.length === 2 })
        yield* ask(workspaceId, "and a cat as well", { dialogId: turn.dialogId })
        yield* untilRead(turn, 4)
        assert.include(server.requests[3]?.bodyText, "I have a dog")
        assert.strictEqual(server.requests.length, 4)
      }).pipe(Effect.provide(withRemembering(operatorOf(server))))
    })
  )
})
