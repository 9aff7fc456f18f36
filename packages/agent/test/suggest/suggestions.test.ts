import { ModelUses, Turns, type WorkspaceId } from "@butler/domain"
import { chatMessages } from "@butler/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Option } from "effect"
import { Agent } from "undici"
import { Suggestions, type TurnState } from "../../src/index.ts"
import { answering, ask, changeTheAgent, newWorkspace, operatorOf, teach } from "../model/harness.ts"
import { scriptedModel } from "../model/scriptedModel.ts"

const QUERY = "How long does a refund take?"
const usage = { promptTokens: 100, completionTokens: 10 }

const offer = (...questions: ReadonlyArray<unknown>) =>
  ({ kind: "toolCalls", calls: [{ name: "suggest_questions", arguments: { questions } }], usage }) as const

const suggesting = (operator: Parameters<typeof answering>[0]) =>
  Suggestions.layer({ operator, guarded: new Agent() }).pipe(Layer.provideMerge(answering(operator)))

const answered = Effect.fnUntraced(function* (workspaceId: WorkspaceId, query = QUERY) {
  yield* teach(workspaceId, { [QUERY]: "Five days.", "Who pays for the shipment of a refund?": "We do." })
  const { turn } = yield* ask(workspaceId, query)
  const state: TurnState = Option.getOrThrow(yield* (yield* Turns).find(workspaceId, turn.id))
  return { contactId: turn.contactId, suggested: { workspaceId, query, state } }
})

describe("suggestions", () => {
  it.live("are the model's, told as data what was said and what is known, and stand in the ledger", () =>
    Effect.gen(function* () {
      const server = yield* scriptedModel([
        { kind: "text", text: "Five days [1].", usage },
        offer("Can I get it faster?", "how long does a refund TAKE", " Is it free? ", "x".repeat(121), "Anything else?")
      ])
      yield* Effect.gen(function* () {
        const workspaceId = yield* newWorkspace
        const { contactId, suggested } = yield* answered(workspaceId)
        const { suggest } = yield* Suggestions
        assert.deepStrictEqual(yield* suggest(suggested, 2), ["Can I get it faster?", "Is it free?"])
        const [rules, data] = chatMessages(server.requests[1]?.body)
        assert.include(rules?.content, "English")
        assert.include(data?.content, JSON.stringify({ answer: "Five days." }))
        assert.include(data?.content, "Who pays for the shipment")
        const use = { calls: 2, inputTokens: 200, outputTokens: 20, cost: 0 }
        const used = yield* (yield* ModelUses).soFar(workspaceId, contactId)
        assert.deepStrictEqual(used, { contactToday: use, workspaceThisMonth: use })
        assert.deepStrictEqual(yield* suggest(suggested, 0), [])
        assert.strictEqual(server.requests.length, 2)
      }).pipe(Effect.provide(suggesting(operatorOf(server))))
    })
  )

  it.live.each([
    ["fails", { kind: "status", status: 500 }],
    ["says what is no call", { kind: "text", text: "Anything else?" }],
    ["calls with something else", offer(1)],
    [
      "speaks another language",
      offer(
        "Wie lange dauert es, bis das Geld auf meinem Konto angekommen ist?",
        "Wer bezahlt die Rücksendung der Ware?"
      )
    ]
  ] as const)("are the knowledge's where the model %s", ([, second]) =>
    Effect.gen(function* () {
      const server = yield* scriptedModel([{ kind: "text", text: "Five days [1]." }, second])
      yield* Effect.gen(function* () {
        const { suggested } = yield* answered(yield* newWorkspace)
        const { suggest } = yield* Suggestions
        assert.deepStrictEqual(yield* suggest(suggested, 3), ["Who pays for the shipment of a refund?"])
        assert.strictEqual(server.requests.length, 2)
      }).pipe(Effect.provide(suggesting(operatorOf(server))))
    })
  )

  it.live.each(["turn", "contactPerDay"] as const)("ask no model where the budget of the %s is spent", (budget) =>
    Effect.gen(function* () {
      const server = yield* scriptedModel([{ kind: "text", text: "Five days [1].", usage }])
      yield* Effect.gen(function* () {
        const workspaceId = yield* newWorkspace
        yield* changeTheAgent(workspaceId, { budgets: { [budget]: { tokens: 110 } } })
        const { suggested } = yield* answered(workspaceId)
        const { suggest } = yield* Suggestions
        assert.deepStrictEqual(yield* suggest(suggested, 3), ["Who pays for the shipment of a refund?"])
        assert.strictEqual(server.requests.length, 1)
      }).pipe(Effect.provide(suggesting(operatorOf(server))))
    })
  )

  it.live("ask no model after an answer that none gave, whatever its search counted", () =>
    Effect.gen(function* () {
      const server = yield* scriptedModel([{ kind: "text", text: "Five days [1].", usage }, offer("Is it free?")])
      yield* Effect.gen(function* () {
        const { suggested } = yield* answered(yield* newWorkspace)
        const tokens = { input: 9, output: 0 }
        const steps = [{ name: "embedding", startedAt: 0, durationMs: 1, outcome: "ok", tokens } as const]
        const { suggest } = yield* Suggestions
        const offered = yield* suggest({ ...suggested, state: { ...suggested.state, steps } }, 3)
        assert.deepStrictEqual(offered, ["Who pays for the shipment of a refund?"])
        assert.strictEqual(server.requests.length, 1)
      }).pipe(Effect.provide(suggesting(operatorOf(server))))
    })
  )

  it.live("are the knowledge's without a model", () =>
    Effect.gen(function* () {
      const workspaceId = yield* newWorkspace
      const { suggested } = yield* answered(workspaceId)
      const { suggest } = yield* Suggestions
      assert.deepStrictEqual(yield* suggest(suggested, 3), ["Who pays for the shipment of a refund?"])
    }).pipe(Effect.provide(suggesting(null)))
  )
})
