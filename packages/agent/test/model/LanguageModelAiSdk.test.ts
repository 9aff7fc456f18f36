import { LanguageModel, type ModelCall, type ModelEvent } from "@butler/domain"
import type { ModelReply, ModelScript } from "@butler/testing"
import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Fiber, Redacted, Stream } from "effect"
import { LanguageModelAiSdk } from "../../src/model/LanguageModelAiSdk.ts"
import { scriptedModel } from "./scriptedModel.ts"

const KEY = "sk-very-secret"
const MESSAGES: ModelCall["messages"] = [
  { role: "system", content: "Be brief." },
  { role: "user", content: "hello" }
]

const callTo = (url: string, over: Partial<ModelCall["endpoint"]> = {}): ModelCall => ({
  endpoint: {
    provider: "openai-compatible",
    url,
    model: "m-1",
    apiKey: Redacted.make(KEY),
    chosenBy: "operator",
    ...over
  },
  messages: MESSAGES,
  temperature: null
})

const ask = (call: ModelCall) =>
  LanguageModel.use((model) => Stream.runCollect(model.stream(call))).pipe(Effect.provide(LanguageModelAiSdk()))

const failureOf = Effect.fnUntraced(function* (script: ModelScript) {
  const server = yield* scriptedModel(script)
  return yield* Effect.flip(ask(callTo(server.url)))
})

const textOf = (events: ReadonlyArray<ModelEvent>) =>
  events.flatMap((event) => (event._tag === "Delta" ? [event.text] : []))

describe("LanguageModelAiSdk", () => {
  it.live("asks for a stream and hands on each delta, then the end with the tokens", () =>
    Effect.gen(function* () {
      const usage = { promptTokens: 9, completionTokens: 2 }
      const server = yield* scriptedModel([{ kind: "chunks", chunks: ["Hel", "lo ", "you"], usage }])
      const events = yield* ask({ ...callTo(server.url), temperature: 0.3 })
      assert.deepStrictEqual(textOf(events), ["Hel", "lo ", "you"])
      const tokens = { inputTokens: 9, outputTokens: 2 }
      assert.deepStrictEqual(events.at(-1), { _tag: "Finished", reason: "stop", usage: tokens })
      const [request] = server.requests
      assert.isDefined(request)
      assert.strictEqual(request.path, "/v1/chat/completions")
      assert.strictEqual(request.headers.authorization, `Bearer ${KEY}`)
      assert.deepStrictEqual(request.body, {
        model: "m-1",
        messages: MESSAGES,
        temperature: 0.3,
        stream: true,
        stream_options: { include_usage: true }
      })
    })
  )

  it.live("sends no key where there is none", () =>
    Effect.gen(function* () {
      const server = yield* scriptedModel()
      yield* ask(callTo(server.url, { apiKey: null }))
      assert.isUndefined(server.requests[0]?.headers.authorization)
    })
  )

  it.live("hands a delta on while the stream is open", () =>
    Effect.gen(function* () {
      const gate = Promise.withResolvers<void>()
      const server = yield* scriptedModel([{ kind: "chunks", chunks: ["a", { text: "b", after: gate.promise }] }])
      const first = yield* Deferred.make<string>()
      const run = yield* LanguageModel.use((model) =>
        Stream.runForEach(model.stream(callTo(server.url)), (event) =>
          event._tag === "Delta" ? Deferred.succeed(first, event.text) : Effect.void
        )
      ).pipe(Effect.provide(LanguageModelAiSdk()), Effect.forkChild)
      assert.strictEqual(yield* Deferred.await(first), "a")
      gate.resolve()
      yield* Fiber.join(run)
    })
  )

  it.live("a caller that is interrupted hangs up", () =>
    Effect.gen(function* () {
      const server = yield* scriptedModel([{ kind: "hang", after: ["a"] }])
      const first = yield* Deferred.make<void>()
      const run = yield* LanguageModel.use((model) =>
        Stream.runForEach(model.stream(callTo(server.url)), () => Deferred.succeed(first, undefined))
      ).pipe(Effect.provide(LanguageModelAiSdk()), Effect.forkChild)
      yield* Deferred.await(first)
      yield* Fiber.interrupt(run)
      while (server.open() > 0) yield* Effect.yieldNow
      assert.strictEqual(server.requests[0]?.aborted, true)
    })
  )

  const status = (code: number, headers: Readonly<Record<string, string>> = {}): ModelReply => ({
    kind: "status",
    status: code,
    message: `no entry for ${KEY}`,
    headers
  })

  const failures: ReadonlyArray<readonly [name: string, reply: ModelReply, detail: RegExp, retryable: boolean]> = [
    ["401", status(401), /did not accept the key \(status 401\)/u, false],
    ["404", status(404), /does not know the model/u, false],
    ["400", status(400), /refused the request \(status 400\)/u, false],
    ["429", status(429), /busy \(status 429\)/u, true],
    ["500", status(500), /failed \(status 500\)/u, true],
    ["a cut before the headers", { kind: "cut" }, /connection .* was cut/u, true],
    ["a cut in the middle", { kind: "cut", after: ["half "] }, /connection .* was cut/u, true],
    ["an end without a finish", { kind: "unfinished", chunks: ["half"] }, /middle of its answer/u, true],
    ["an empty body", { kind: "raw", body: "" }, /middle of its answer/u, true],
    ["malformed events", { kind: "raw", body: "data: {oops\n\n" }, /not a chat completion/u, false],
    ["malformed events later", { kind: "raw", body: "data: {oops\n\n", after: ["a"] }, /not a chat completion/u, false],
    ["events of another kind", { kind: "raw", body: `data: {"hello":1}\n\n` }, /not a chat completion/u, false],
    ["a page of HTML", { kind: "raw", body: "<html>hello</html>" }, /middle of its answer/u, true],
    ["an error in the stream", { kind: "raw", body: `data: {"error":{"message":"${KEY}"}}\n\n` }, /an error/u, true]
  ]

  for (const [name, reply, detail, retryable] of failures) {
    it.live(`fails on ${name}, and says so without the endpoint's own words`, () =>
      Effect.gen(function* () {
        const failure = yield* failureOf([reply])
        assert.match(failure.detail, detail)
        assert.deepStrictEqual([failure.type, failure.retryable], ["model_failed", retryable])
        assert.notInclude(`${failure.detail} ${failure.stack} ${JSON.stringify(failure)}`, KEY)
      })
    )
  }

  it.live("reads Retry-After in its forms", () =>
    Effect.gen(function* () {
      const soon = yield* failureOf([status(429, { "retry-after": "7" })])
      assert.strictEqual(soon.retryAfterMs, 7_000)
      const exact = yield* failureOf([status(429, { "retry-after-ms": "350", "retry-after": "1" })])
      assert.strictEqual(exact.retryAfterMs, 350)
      const date = yield* failureOf([status(503, { "retry-after": new Date(Date.now() + 60_000).toUTCString() })])
      assert.isTrue(date.retryAfterMs !== null && date.retryAfterMs > 55_000 && date.retryAfterMs <= 60_000)
      const none = yield* failureOf([status(503, { "retry-after": "soon" })])
      assert.isNull(none.retryAfterMs)
    })
  )

  it.live("follows no redirect", () =>
    Effect.gen(function* () {
      const other = yield* scriptedModel()
      const failure = yield* failureOf([status(307, { location: `${other.url}/chat/completions` })])
      assert.match(failure.detail, /status 307/u)
      assert.strictEqual(other.requests.length, 0)
    })
  )

  it.live("an endpoint that is not there refuses the connection", () =>
    Effect.gen(function* () {
      const { url } = yield* Effect.scoped(scriptedModel())
      const failure = yield* Effect.flip(ask(callTo(url)))
      assert.deepStrictEqual([failure.detail, failure.retryable], ["the model endpoint refused the connection", true])
    })
  )

  it.live("makes one request a call", () =>
    Effect.gen(function* () {
      const server = yield* scriptedModel([status(500)])
      yield* Effect.flip(ask(callTo(server.url)))
      assert.strictEqual(server.requests.length, 1)
    })
  )

  it.live("a URL may end in a slash, and a model may say nothing of tokens", () =>
    Effect.gen(function* () {
      const body = `data: {"choices":[{"delta":{"content":"hi"},"finish_reason":"length"}]}\n\ndata: [DONE]\n\n`
      const server = yield* scriptedModel([{ kind: "raw", body }])
      const events = yield* ask(callTo(`${server.url}/`))
      assert.deepStrictEqual(events, [
        { _tag: "Delta", text: "hi" },
        { _tag: "Finished", reason: "length", usage: { inputTokens: null, outputTokens: null } }
      ])
    })
  )
})
