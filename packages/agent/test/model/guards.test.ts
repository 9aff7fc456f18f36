import { type AgentSettings, Agents, ModelUses, Workspaces } from "@butler/domain"
import type { ModelReply } from "@butler/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { notDone } from "../../src/answer/phrases.ts"
import { answering, ask, newWorkspace, operatorOf, type run } from "./harness.ts"
import { scriptedModel } from "./scriptedModel.ts"

const text = (said: string): ModelReply => ({
  kind: "text",
  text: said,
  usage: { promptTokens: 90, completionTokens: 10 }
})
const BROKEN: ModelReply = { kind: "status", status: 400 }

const replyOf = ({ ending }: Effect.Success<ReturnType<typeof run>>): string =>
  ending.status === "completed" ? ending.replies.map(({ content }) => content).join("|") : ending.error.type

const withSettings = Effect.fnUntraced(function* (settings: AgentSettings) {
  const workspaceId = yield* newWorkspace
  const { list, update } = yield* Agents
  const [agent] = yield* list({ workspaceId, after: null, limit: 1 })
  if (agent === undefined) return yield* Effect.die("the workspace has no agent")
  yield* update(workspaceId, agent.id, (found) => ({ ...found, settings }))
  return workspaceId
})

/** One turn of an agent with these settings against the script. */
const against = (script: ReadonlyArray<ModelReply>, settings: AgentSettings = {}, query = "please refund my order") =>
  Effect.gen(function* () {
    const server = yield* scriptedModel(script)
    const done = yield* Effect.flatMap(withSettings(settings), (workspaceId) => ask(workspaceId, query)).pipe(
      Effect.provide(answering(operatorOf(server)))
    )
    const { agentLogs, steps } = done.ending
    const effects = done.ending.status === "completed" ? (done.ending.effects ?? []) : []
    return { ...done, agentLogs, effects, steps, server, reply: replyOf(done) }
  })

describe("a model that claims what it did not do", () => {
  it.live("is stopped before the claim is told, and asked again with what was wrong", () =>
    Effect.gen(function* () {
      const claim: ModelReply = { kind: "chunks", chunks: ["Sure! ", "I have ", "refun", "ded", " your order", "."] }
      const { heard, reply, server, steps } = yield* against([claim, text("I cannot refund it myself.")])
      assert.strictEqual(reply, "I cannot refund it myself.")
      assert.strictEqual(heard.deltas.join(""), reply)
      assert.include(server.requests[1]?.bodyText, "# CORRECTION")
      assert.deepStrictEqual(steps.find(({ name }) => name === "guard")?.detail, { claim: "I have refunded" })
    })
  )

  it.live("and claims it again gives way to words of ours", () =>
    Effect.gen(function* () {
      const { heard, reply, server } = yield* against([text("I have refunded your order.")])
      assert.strictEqual(reply, notDone("en"))
      assert.strictEqual(heard.deltas.join(""), reply)
      assert.strictEqual(server.requests.length, 2)
    })
  )
})

describe("a reply in another language", () => {
  const german =
    "Sie können Ihr Geld innerhalb von sieben Tagen zurückbekommen, wenn Sie uns die Bestellnummer und den Grund nennen."
  const english = "You can have your money back within seven days if you tell us the order's number and the reason why."

  it.live("is asked for once more", () =>
    Effect.gen(function* () {
      const { heard, reply, server } = yield* against(
        [text(german), text(english)],
        undefined,
        "How do I get my money back?"
      )
      assert.strictEqual(reply, english)
      assert.strictEqual(heard.deltas.join(""), english)
      assert.include(server.requests[1]?.bodyText, "Your draft was in Deutsch (de)")
    })
  )

  it.live("stands when it comes again: it may have been asked for", () =>
    Effect.gen(function* () {
      const { reply, server } = yield* against(
        [text(german)],
        undefined,
        "Please tell me in German how I get my money back"
      )
      assert.strictEqual(reply, german)
      assert.strictEqual(server.requests.length, 2)
    })
  )
})

describe("a turn without an answer", () => {
  it.live("is answered by the fallback model", () =>
    Effect.gen(function* () {
      const other = yield* scriptedModel([text("from the other")])
      const settings = { fallbackModel: { url: other.url, model: "m-2" } }
      const { reply, steps } = yield* against([BROKEN], settings)
      assert.strictEqual(reply, "from the other")
      assert.deepStrictEqual(
        steps.flatMap(({ model, outcome }) => (model === undefined ? [] : [[model, outcome]])),
        [
          ["operator-model", "failed"],
          ["m-2", "ok"]
        ]
      )
    })
  )

  it.live("says what the agent's settings say, and takes half an answer back", () =>
    Effect.gen(function* () {
      const half: ModelReply = { kind: "cut", after: ["It is "] }
      const { agentLogs, heard, reply } = yield* against([half], { fallbackReply: "Please call us." })
      assert.strictEqual(reply, "Please call us.")
      assert.strictEqual(heard.deltas.join(""), reply)
      assert.strictEqual(agentLogs.at(-1)?.type, "systemTask")
    })
  )

  it.live("goes to a person where they say so", () =>
    Effect.gen(function* () {
      const { effects, reply } = yield* against([{ kind: "empty" }], { onFailure: "hand_over" })
      assert.include(reply, "colleague")
      assert.deepStrictEqual(effects, [{ _tag: "HandOver", reason: "the model gave no answer" }])
    })
  )
})

describe("a budget", () => {
  it.live("of a turn ends its calls of models, with an answer", () =>
    Effect.gen(function* () {
      const settings = { budgets: { turn: { tokens: 50 } }, budgetReply: "That is all for now." }
      const { agentLogs, heard, reply, server } = yield* against([text("I have refunded your order.")], settings)
      assert.strictEqual(reply, "That is all for now.")
      assert.strictEqual(heard.deltas.join(""), reply)
      assert.strictEqual(server.requests.length, 1)
      assert.deepInclude(agentLogs.at(-1), { type: "systemTask", name: "budget" })
    })
  )

  it.live("of a contact's day, and of a workspace's month, is spent by its turns", () =>
    Effect.gen(function* () {
      const server = yield* scriptedModel([text("It is on its way.")])
      yield* Effect.gen(function* () {
        const prices = { inputPerMillion: 1_000, outputPerMillion: 2_000 }
        const model = { url: server.url, model: "m", prices }
        const workspaceId = yield* withSettings({ model, budgets: { contactPerDay: { cost: 0.2 } } })
        const first = yield* ask(workspaceId, "where is it?")
        assert.strictEqual(first.ending.steps.find(({ name }) => name === "model")?.cost, 0.11)
        yield* ask(workspaceId, "where is it now?")
        const spent = yield* ask(workspaceId, "and now?")
        assert.match(replyOf(spent), /cannot answer any more questions/u)
        const used = yield* (yield* ModelUses).soFar(workspaceId, first.turn.contactId)
        const sum = { calls: 2, inputTokens: 180, outputTokens: 20, cost: 0.22 }
        assert.deepStrictEqual(used, { contactToday: sum, workspaceThisMonth: sum })
        assert.strictEqual(server.requests.length, 2)
        yield* (yield* Workspaces).update(workspaceId, { modelBudget: { tokens: 100 } })
        const other = yield* ask(workspaceId, "where is it then?", { userId: null, dialogId: null })
        assert.match(replyOf(other), /cannot answer any more questions/u)
      }).pipe(Effect.provide(answering(operatorOf(server))))
    })
  )
})
