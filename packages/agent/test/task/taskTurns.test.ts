import { type AgentLog, Contacts, Memories, type Task, TaskProgresses, type WorkspaceId, Ids } from "@butler/domain"
import { chatMessages } from "@butler/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { answering, ask, changeTheAgent, contents, newWorkspace, operatorOf, teach } from "../model/harness.ts"
import { scriptedModel } from "../model/scriptedModel.ts"

const returns: Task = {
  name: "return_item",
  description: "How a product is sent back",
  examples: ["I want to return a product", "how can I send this back", "return my order please", "我要退货"],
  instructions: "Offer a label.",
  tools: [],
  details: [
    { name: "order_number", kind: "order_number" },
    { name: "email", kind: "email" }
  ]
}

const tasks: ReadonlyArray<Task> = [
  returns,
  {
    name: "opening_hours",
    description: "When the shop is open",
    examples: ["when are you open", "are you open on Sunday", "what are your opening hours", "几点开门"]
  }
]

const logsOf = (logs: ReadonlyArray<AgentLog>) =>
  logs.filter(({ type }) => type !== "language" && type !== "knowledge" && type !== "knowledge_hit")

const withTasks = Effect.gen(function* () {
  const workspaceId = yield* newWorkspace
  yield* changeTheAgent(workspaceId, { tasks })
  yield* teach(workspaceId, {
    "How is a product sent back?": "Put it into its box and bring it to the post.",
    "When are you open?": "From nine to six."
  })
  return workspaceId
})

const reply = (workspaceId: WorkspaceId, query: string) =>
  Effect.gen(function* () {
    const { ending, turn } = yield* ask(workspaceId, query)
    const said = (yield* contents(turn)).at(-1) ?? ""
    return { said, turn, logs: logsOf(ending.agentLogs), steps: ending.steps }
  })

describe("a task in a turn, without a model", () => {
  it.live("collects its details over turns, confirms them with what the knowledge has, and remembers them", () =>
    Effect.gen(function* () {
      const workspaceId = yield* withTasks
      const first = yield* reply(workspaceId, "I would like to return a product")
      assert.strictEqual(first.said, "Could you please tell me your order number?")
      assert.deepInclude(first.logs[0], { type: "task", name: "return_item" })
      assert.deepInclude(first.logs[1], { type: "systemTask", name: "collect_details" })
      const { detail } = first.steps.find(({ name }) => name === "task") ?? {}
      assert.deepInclude(detail, { best: "return_item" })
      assert.include((yield* reply(workspaceId, "I do not have it")).said, "I could not find your order number")
      const aside = yield* reply(workspaceId, "do I have to pay for that?")
      assert.include(aside.said, "Could you please tell me your order number?")
      const second = yield* reply(workspaceId, "it is A-2041")
      assert.strictEqual(second.said, "Could you please tell me your e-mail address?")
      const { said, turn } = yield* reply(workspaceId, "ada@example.com")
      assert.strictEqual(
        said,
        "Thank you, I have noted: A-2041, ada@example.com.\n\nPut it into its box and bring it to the post."
      )
      const { contactId, dialogId } = turn
      assert.isNull(yield* (yield* TaskProgresses).find(workspaceId, dialogId))
      const contact = yield* (yield* Contacts).find(workspaceId, contactId).pipe(Effect.flatMap(Effect.fromOption))
      assert.deepStrictEqual(contact.details, { order_number: "A-2041", email: "ada@example.com" })
      const memories = yield* (yield* Memories).list({ workspaceId, contactId, after: null, limit: 10 })
      assert.sameMembers(
        memories.map(({ text }) => text),
        ["order number: A-2041", "email: ada@example.com"]
      )
      assert.include(
        (yield* reply(workspaceId, "are you open on Sunday")).logs.map(({ type }) => type),
        "recall"
      )
    }).pipe(Effect.provide(answering(null)))
  )

  it.live("is left for another one that the contact clearly comes with", () =>
    Effect.gen(function* () {
      const workspaceId = yield* withTasks
      yield* reply(workspaceId, "I want to return a product")
      const { logs, said, turn } = yield* reply(workspaceId, "what are your opening hours")
      assert.strictEqual(said, "From nine to six.")
      assert.deepInclude(logs.at(-1), { type: "task", name: "opening_hours" })
      assert.isNull(yield* (yield* TaskProgresses).find(workspaceId, turn.dialogId))
    }).pipe(Effect.provide(answering(null)))
  )

  it.live("is left by who does not want to go on, and given up after three questions", () =>
    Effect.gen(function* () {
      const workspaceId = yield* withTasks
      yield* reply(workspaceId, "我要退货")
      const left = yield* reply(workspaceId, "算了")
      assert.include(left.said, "先不办了")
      assert.isNull(yield* (yield* TaskProgresses).find(workspaceId, left.turn.dialogId))
      yield* reply(workspaceId, "return my order please")
      yield* reply(workspaceId, "hm")
      yield* reply(workspaceId, "hm")
      assert.include((yield* reply(workspaceId, "hm")).said, "Would you like me to hand you over to a person?")
      assert.isNull(yield* (yield* TaskProgresses).find(workspaceId, left.turn.dialogId))
    }).pipe(Effect.provide(answering(null)))
  )
})

describe("a task in a turn, with a model", () => {
  it.live(
    "is asked for its details without the model, which then gets the instructions, the details and the memories",
    () =>
      Effect.gen(function* () {
        const server = yield* scriptedModel([{ kind: "chunks", chunks: ["Here is your label."] }])
        yield* Effect.gen(function* () {
          const workspaceId = yield* withTasks
          const first = yield* reply(workspaceId, "I want to return a product, my mail is ada@example.com")
          assert.strictEqual(server.requests.length, 0)
          const memory = { id: yield* (yield* Ids).memoryId, text: "is in a wheelchair", sourceMessageId: null }
          yield* (yield* Memories).add(workspaceId, first.turn.contactId, memory)
          const { logs, said, turn } = yield* reply(workspaceId, "A-2041")
          assert.strictEqual(said, "Here is your label.")
          const messages = chatMessages(server.requests[0]?.body)
          assert.include(messages[0]?.content, "Offer a label.")
          for (const line of [{ fact: "is in a wheelchair" }, { detail: "order_number", value: "A-2041" }])
            assert.include(messages.at(-1)?.content.split("\n") ?? [], JSON.stringify(line))
          assert.deepInclude(logs[0], { type: "recall", message: "is in a wheelchair" })
          const progress = yield* (yield* TaskProgresses).find(workspaceId, turn.dialogId)
          assert.deepInclude(progress, { task: "return_item", asking: null })
        }).pipe(Effect.provide(answering(operatorOf(server))))
      })
  )

  it.live("is chosen by the model where the index is not sure, in the call that it answers in", () =>
    Effect.gen(function* () {
      const server = yield* scriptedModel([
        { kind: "toolCalls", calls: [{ name: "begin_task", arguments: { task: "return_item" } }] },
        { kind: "text", text: "Which order is it?" },
        { kind: "text", text: "Here is your label." }
      ])
      yield* Effect.gen(function* () {
        const workspaceId = yield* withTasks
        const { logs, said, turn } = yield* reply(workspaceId, "these shoes pinch, I have had it with them")
        assert.strictEqual(said, "Which order is it?")
        assert.deepInclude(logs.at(-1), { type: "task", name: "return_item" })
        const progress = yield* (yield* TaskProgresses).find(workspaceId, turn.dialogId)
        assert.deepInclude(progress, { task: "return_item", asking: "order_number" })
        assert.include(JSON.stringify(server.requests[1]?.body), "Offer a label.")
        assert.include((yield* reply(workspaceId, "ada@example.com")).said, "I could not find your order number")
        assert.strictEqual((yield* reply(workspaceId, "A-2041")).said, "Here is your label.")
      }).pipe(Effect.provide(answering(operatorOf(server))))
    })
  )
})
