import { LanguageModel, type ModelCall, type ModelEvent, type ModelProvider } from "@butler/domain"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted, Stream } from "effect"
import { LanguageModelAiSdk } from "../../src/model/LanguageModelAiSdk.ts"
import { scriptedModel } from "./scriptedModel.ts"

const inputSchema = { type: "object", properties: { order: { type: "string" } } }

/** A call in the middle of a talk with a tool. */
const callTo = (provider: ModelProvider, url: string): ModelCall => ({
  endpoint: { provider, url, model: "m-1", apiKey: Redacted.make("sk-1"), chosenBy: "operator" },
  messages: [
    { role: "system", content: "Be brief." },
    { role: "user", content: "where is order 7?" },
    {
      role: "assistant",
      content: "One moment.",
      toolCalls: [{ id: "call_1", name: "look_up", input: { order: "7" } }]
    },
    { role: "tool", call: { id: "call_1", name: "look_up" }, content: "shipped" }
  ],
  tools: [{ name: "look_up", description: "Looks an order up", inputSchema }],
  temperature: null
})

const ask = (call: ModelCall) =>
  LanguageModel.use((model) => Stream.runCollect(model.stream(call))).pipe(Effect.provide(LanguageModelAiSdk()))

const wanted: ReadonlyArray<ModelEvent> = [
  { _tag: "Delta", text: "And " },
  { _tag: "ToolCall", id: "call_2", name: "look_up", input: { order: "8" } },
  { _tag: "Finished", reason: "tool-calls", usage: { inputTokens: 9, outputTokens: 4 } }
]

const event = (data: { readonly type: string }): string => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`

const ANTHROPIC = [
  {
    type: "message_start",
    message: {
      id: "msg_1",
      type: "message",
      role: "assistant",
      model: "m-1",
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 9, output_tokens: 1 }
    }
  },
  { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
  { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "And " } },
  { type: "content_block_stop", index: 0 },
  {
    type: "content_block_start",
    index: 1,
    content_block: { type: "tool_use", id: "call_2", name: "look_up", input: {} }
  },
  { type: "content_block_delta", index: 1, delta: { type: "input_json_delta", partial_json: '{"order":"8"}' } },
  { type: "content_block_stop", index: 1 },
  { type: "message_delta", delta: { stop_reason: "tool_use", stop_sequence: null }, usage: { output_tokens: 4 } },
  { type: "message_stop" }
]

const choice = (delta: object, finishReason: string | null) =>
  `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "m-1", choices: [{ index: 0, delta, finish_reason: finishReason }] })}\n\n`
const OPENAI = [
  choice({ role: "assistant", content: "And " }, null),
  choice(
    {
      tool_calls: [
        { index: 0, id: "call_2", type: "function", function: { name: "look_up", arguments: '{"order":"8"}' } }
      ]
    },
    null
  ),
  choice({}, "tool_calls"),
  `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "m-1", choices: [], usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 } })}\n\n`,
  "data: [DONE]\n\n"
].join("")

describe("providers", () => {
  it.live("Anthropic's messages, with its key and tools, to the given URL", () =>
    Effect.gen(function* () {
      const server = yield* scriptedModel([{ kind: "raw", body: ANTHROPIC.map(event).join("") }])
      assert.deepEqual(yield* ask(callTo("anthropic", server.url)), wanted)
      const [request] = server.requests
      assert.isDefined(request)
      assert.strictEqual(request.path, "/v1/messages")
      assert.strictEqual(request.headers["x-api-key"], "sk-1")
      assert.include(request.bodyText, '"tool_use_id":"call_1"')
      assert.include(request.bodyText, "Be brief.")
    })
  )

  for (const provider of ["openai", "openai-compatible"] as const) {
    it.live(`chat completions of ${provider}, with its key and tools, to the given URL`, () =>
      Effect.gen(function* () {
        const server = yield* scriptedModel([{ kind: "raw", body: OPENAI }])
        assert.deepEqual(yield* ask(callTo(provider, server.url)), wanted)
        const [request] = server.requests
        assert.isDefined(request)
        assert.strictEqual(request.path, "/v1/chat/completions")
        assert.strictEqual(request.headers.authorization, "Bearer sk-1")
        assert.include(request.bodyText, '"tool_call_id":"call_1"')
      })
    )
  }

  it.live("a refusal is told without the endpoint's own words, whoever it is", () =>
    Effect.gen(function* () {
      const server = yield* scriptedModel([{ kind: "status", status: 401, message: "sk-1 is bad" }])
      const failure = yield* Effect.flip(ask(callTo("anthropic", server.url)))
      assert.match(failure.detail, /did not accept the key/u)
      assert.notInclude(JSON.stringify(failure), "sk-1")
    })
  )
})
