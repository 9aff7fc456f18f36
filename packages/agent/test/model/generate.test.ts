import { LanguageModel, type ModelEvent, ModelFailed } from "@butler/domain"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer, Ref, Stream } from "effect"
import { TestClock } from "effect/testing"
import { defaultModelLimits, type ModelLimits } from "../../src/index.ts"
import type { ChosenModel } from "../../src/model/chooseModel.ts"
import { generate } from "../../src/model/generate.ts"
import { nothingYet } from "../../src/model/receive.ts"
import { makeJournal } from "../../src/pipeline/Journal.ts"

const MODEL: ChosenModel = {
  endpoint: { provider: "openai-compatible", url: "http://127.0.0.1", model: "m", apiKey: null, chosenBy: "operator" },
  temperature: null,
  prices: null
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
  const journal = yield* makeJournal
  const received = nothingYet()
  const speech = { say: () => Effect.void, pause: Effect.void }
  const options = { limits: { ...defaultModelLimits, ...limits }, journal, speech }
  const work = generate(MODEL, { messages: [] }, received, options).pipe(Effect.provide(model), Effect.result)
  const fiber = yield* Effect.forkChild(work)
  yield* Effect.yieldNow
  return { fiber, journal, received, tries: Ref.get(tries), result: Fiber.join(fiber) }
})

describe("generate", () => {
  it.effect("waits as long as Retry-After says", () =>
    Effect.gen(function* () {
      const { received, result, tries } = yield* start([busy(10_000), Stream.make(said("hi"), END)])
      yield* TestClock.adjust("9999 millis")
      assert.strictEqual(yield* tries, 1)
      yield* TestClock.adjust("1 millis")
      assert.strictEqual(yield* tries, 2)
      assert.strictEqual((yield* result)._tag, "Success")
      assert.strictEqual(received.text, "hi")
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
      const { journal, result } = yield* start([slow])
      yield* TestClock.adjust("69 seconds")
      assert.strictEqual(journal.steps.length, 0)
      yield* TestClock.adjust("1 seconds")
      const done = yield* result
      assert.strictEqual(
        done._tag === "Failure" && done.failure._tag === "ModelFailed" && done.failure.type,
        "model_timeout"
      )
      const cutShort = { input: 0, output: 2, estimated: true } as const
      assert.deepStrictEqual(journal.steps, [
        { name: "model", startedAt: 0, durationMs: 70_000, outcome: "failed", model: "m", tokens: cutShort }
      ])
    })
  )

  it.effect("bounds all tries together, and writes down the one it gave up", () =>
    Effect.gen(function* () {
      const { journal, result } = yield* start([busy(10_000), Stream.never], { totalMs: 15_000 })
      yield* TestClock.adjust("15 seconds")
      const done = yield* result
      assert.strictEqual(
        done._tag === "Failure" && done.failure._tag === "ModelFailed" && done.failure.type,
        "model_timeout"
      )
      assert.deepStrictEqual(
        journal.steps.map(({ durationMs, outcome }) => [durationMs, outcome]),
        [
          [0, "failed"],
          [5_000, "failed"]
        ]
      )
    })
  )
})
