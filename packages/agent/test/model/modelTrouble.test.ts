import type { TurnEnding } from "@butler/domain"
import type { ModelReply } from "@butler/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { ModelLimits } from "../../src/index.ts"
import { answering, ask, newWorkspace, OPERATOR_KEY, operatorOf } from "./harness.ts"
import { scriptedModel } from "./scriptedModel.ts"

const TEXT: ModelReply = { kind: "text", text: "hello" }
const status = (code: number, headers: Readonly<Record<string, string>> = {}): ModelReply => ({
  kind: "status",
  status: code,
  headers,
  message: `key ${OPERATOR_KEY} is bad`
})

const outcomeOf = (ending: TurnEnding): string =>
  ending.status === "completed" ? `says ${ending.replies.map(({ content }) => content).join("|")}` : ending.error.type

/** One turn against the script. */
const against = (script: ReadonlyArray<ModelReply>, limits: Partial<ModelLimits> = {}) =>
  Effect.gen(function* () {
    const server = yield* scriptedModel(script)
    const { ending, heard } = yield* Effect.provide(
      Effect.flatMap(newWorkspace, (workspaceId) => ask(workspaceId, "hello")),
      answering(operatorOf(server), limits)
    )
    return { ending, heard, outcome: outcomeOf(ending), server }
  })

describe("a model in trouble", () => {
  const transient: ReadonlyArray<readonly [string, ModelReply]> = [
    ["429", status(429, { "retry-after-ms": "5" })],
    ["500", status(500)],
    ["503", status(503)],
    ["a cut before the headers", { kind: "cut" }],
    ["a cut before the first delta", { kind: "cut", after: [] }],
    ["a stream that ends before the first delta", { kind: "unfinished", chunks: [] }]
  ]
  for (const [name, reply] of transient) {
    it.live(`is asked again after ${name}`, () =>
      Effect.gen(function* () {
        const { ending, heard, outcome, server } = yield* against([reply, TEXT])
        assert.strictEqual(outcome, "says hello")
        assert.deepStrictEqual(heard.deltas, ["hello"])
        assert.strictEqual(server.requests.length, 2)
        const models = ending.steps.filter((step) => step.name === "model")
        assert.deepStrictEqual(
          models.map((step) => step.outcome),
          ["failed", "ok"]
        )
      })
    )
  }

  it.live("is not heard thinking aloud, and what nobody sees is no answer", () =>
    Effect.gen(function* () {
      const aloud: ModelReply = { kind: "text", text: "<think>She wants <b>this</b>.</think>\n\nHello there" }
      const { heard, outcome } = yield* against([aloud])
      assert.strictEqual(outcome, "says Hello there")
      assert.strictEqual(heard.deltas.join(""), "Hello there")
      for (const text of ["<think>nothing but thoughts</think>", "<think>without an end", "\u200b\u200b"]) {
        assert.strictEqual((yield* against([{ kind: "text", text }])).outcome, "model_failed")
      }
      assert.strictEqual((yield* against([{ kind: "text", text: "<t is a tag" }])).outcome, "says <t is a tag")
    })
  )

  it.live("is asked three times at most, and the turn keeps its logs and steps", () =>
    Effect.gen(function* () {
      const { ending, outcome, server } = yield* against([status(500)])
      assert.strictEqual(outcome, "model_failed")
      assert.strictEqual(server.requests.length, 3)
      assert.deepStrictEqual(
        ending.agentLogs.map(({ type }) => type),
        ["language", "knowledge"]
      )
      assert.strictEqual(ending.steps.filter((step) => step.name === "model" && step.outcome === "failed").length, 3)
    })
  )

  const final: ReadonlyArray<readonly [string, ModelReply]> = [
    ["401", status(401)],
    ["400", status(400)],
    ["a long Retry-After", status(429, { "retry-after": "3600" })],
    ["an empty answer", { kind: "empty" }],
    ["an answer of blanks", { kind: "chunks", chunks: [" ", "\n"] }],
    ["malformed events", { kind: "raw", body: "data: {oops\n\n" }]
  ]
  for (const [name, reply] of final) {
    it.live(`fails the turn on ${name}, without another try and without a secret`, () =>
      Effect.gen(function* () {
        const { ending, heard, outcome, server } = yield* against([reply, TEXT])
        assert.strictEqual(outcome, "model_failed")
        assert.strictEqual(server.requests.length, 1)
        assert.deepStrictEqual(heard.deltas, [])
        assert.notInclude(JSON.stringify(ending), OPERATOR_KEY)
      })
    )
  }

  const halves: ReadonlyArray<readonly [string, ModelReply]> = [
    ["a cut", { kind: "cut", after: ["half "] }],
    ["an early end", { kind: "unfinished", chunks: ["half "] }],
    ["malformed events", { kind: "raw", body: "data: {oops\n\n", after: ["half "] }],
    ["an error in the stream", { kind: "raw", body: `data: {"error":{"message":"overloaded"}}\n\n`, after: ["half "] }],
    ["its longest length", { kind: "chunks", chunks: ["half "], finishReason: "length" }],
    ["a filter of the provider's", { kind: "chunks", chunks: ["half "], finishReason: "content_filter" }]
  ]
  for (const [name, reply] of halves) {
    it.live(`never makes half an answer a whole one: ${name}`, () =>
      Effect.gen(function* () {
        const { heard, outcome, server } = yield* against([reply, TEXT])
        assert.strictEqual(outcome, "model_failed")
        assert.deepStrictEqual(heard.deltas, ["half "])
        assert.strictEqual(server.requests.length, 1)
      })
    )
  }

  it.live("that counts what cannot be is not believed, and its turn is stored", () =>
    Effect.gen(function* () {
      for (const usage of [
        { promptTokens: -5, completionTokens: 1e300 },
        { promptTokens: 1.5, completionTokens: 1e12 }
      ]) {
        const { ending, outcome } = yield* against([{ kind: "text", text: "hello", usage }])
        assert.strictEqual(outcome, "says hello")
        const { tokens } = ending.steps.find(({ name }) => name === "model") ?? {}
        assert.strictEqual(tokens?.estimated, true)
        assert.isTrue(Number.isInteger(tokens?.input) && Number.isInteger(tokens?.output))
      }
    })
  )

  const slow: ReadonlyArray<readonly [string, ModelReply, Partial<ModelLimits>]> = [
    ["does not begin", { kind: "hang" }, { firstTokenMs: 300 }],
    ["sends headers and no word", { kind: "hang", after: [] }, { firstTokenMs: 300 }],
    ["falls silent", { kind: "hang", after: ["half "] }, { stallMs: 30 }],
    [
      "goes on for ever",
      { kind: "chunks", chunks: Array.from({ length: 1_000 }, () => ({ text: "more ", afterMs: 5 })) },
      { totalMs: 60 }
    ]
  ]
  for (const [name, reply, limits] of slow) {
    it.live(`is given up and hung up on when it ${name}`, () =>
      Effect.gen(function* () {
        const { outcome, server } = yield* against([reply], limits)
        assert.strictEqual(outcome, "model_timeout")
        while (server.open() > 0) yield* Effect.yieldNow
        assert.deepStrictEqual(
          server.requests.map(({ aborted }) => aborted),
          [true]
        )
      })
    )
  }

  it.live("is stopped when it says more than an answer may", () =>
    Effect.gen(function* () {
      const { ending, outcome } = yield* against([{ kind: "chunks", chunks: ["12345", "67890"] }], {
        answerCharacters: 8
      })
      assert.strictEqual(outcome, "model_failed")
      assert.match(ending.status === "failed" ? ending.error.detail : "", /too long/u)
    })
  )
})
