import { LanguageModel, type ModelCall, type ModelEvent, ModelFailed } from "@butler/domain"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer, Ref, Stream } from "effect"
import { TestClock } from "effect/testing"
import { defaultModelLimits, type ModelLimits } from "../../src/index.ts"
import { generate } from "../../src/model/generate.ts"
import { makeStepRecorder } from "../../src/model/stepRecorder.ts"

const CALL: ModelCall = {
  endpoint: { provider: "openai-compatible", url: "http://127.0.0.1", model: "m", apiKey: null, chosenBy: "operator" },
  messages: [],
  temperature: null
}
const END: ModelEvent = { _tag: "Finished", reason: "stop", usage: { inputTokens: 1, outputTokens: 1 } }
const said = (text: string): ModelEvent => ({ _tag: "Delta", text })

type Script = ReadonlyArray<Stream.Stream<ModelEvent, ModelFailed>>

const busy = (retryAfterMs: number | null) =>
  Stream.fail(new ModelFailed({ type: "model_failed", detail: "busy", retryable: true, retryAfterMs }))

/** Runs `generate` on a virtual clock against one stream a try. */
const start = Effect.fnUntraced(function* (script: Script, limits: Partial<ModelLimits> = {}) {
  const tries = yield* Ref.make(0)
  const model = Layer.succeed(LanguageModel, {
    stream: () =>
      Stream.unwrap(
        Effect.map(
          Ref.getAndUpdate(tries, (n) => n + 1),
          (n) => script[n] ?? Stream.die("not scripted")
        )
      )
  })
  const recorder = makeStepRecorder()
  const work = generate(CALL, { ...defaultModelLimits, ...limits }, recorder).pipe(Effect.provide(model), Effect.result)
  const fiber = yield* Effect.forkChild(work)
  yield* Effect.yieldNow
  return { fiber, recorder, tries: Ref.get(tries), result: Fiber.join(fiber) }
})

describe("generate", () => {
  it.effect("waits as long as Retry-After says", () =>
    Effect.gen(function* () {
      const { result, tries } = yield* start([busy(10_000), Stream.make(said("hi"), END)])
      yield* TestClock.adjust("9999 millis")
      assert.strictEqual(yield* tries, 1)
      yield* TestClock.adjust("1 millis")
      assert.strictEqual(yield* tries, 2)
      const done = yield* result
      assert.strictEqual(done._tag === "Success" && done.success.text, "hi")
    })
  )

  it.effect("does not keep its caller when that is too long", () =>
    Effect.gen(function* () {
      const { result, tries } = yield* start([busy(defaultModelLimits.retryAfterMs + 1)])
      assert.strictEqual((yield* result)._tag, "Failure")
      assert.strictEqual(yield* tries, 1)
    })
  )

  it.effect("waits about a quarter and half of a second where nothing is said", () =>
    Effect.gen(function* () {
      const { result, tries } = yield* start([busy(null), busy(null), Stream.make(said("hi"), END)])
      yield* TestClock.adjust("199 millis")
      assert.strictEqual(yield* tries, 1)
      yield* TestClock.adjust("101 millis")
      assert.strictEqual(yield* tries, 2)
      yield* TestClock.adjust("600 millis")
      assert.strictEqual((yield* result)._tag, "Success")
    })
  )

  it.effect("lets a model be silent longer before its first word than after", () =>
    Effect.gen(function* () {
      const slow = Stream.make(said("one"), said("two"), END).pipe(
        Stream.mapEffect((event) => Effect.delay(Effect.succeed(event), "40 seconds"))
      )
      const { recorder, result } = yield* start([slow])
      yield* TestClock.adjust("69 seconds")
      assert.strictEqual(recorder.steps.length, 0)
      yield* TestClock.adjust("1 seconds")
      const done = yield* result
      assert.strictEqual(done._tag === "Failure" && done.failure.type, "model_timeout")
      assert.deepStrictEqual(recorder.steps, [{ name: "model", startedAt: 0, durationMs: 70_000, outcome: "failed" }])
    })
  )

  it.effect("bounds all tries together, and writes down the one it gave up", () =>
    Effect.gen(function* () {
      const { recorder, result } = yield* start([busy(10_000), Stream.never], { totalMs: 15_000 })
      yield* TestClock.adjust("15 seconds")
      const done = yield* result
      assert.strictEqual(done._tag === "Failure" && done.failure.type, "model_timeout")
      assert.deepStrictEqual(
        recorder.steps.map(({ durationMs, outcome }) => [durationMs, outcome]),
        [
          [0, "failed"],
          [5_000, "failed"]
        ]
      )
    })
  )
})
