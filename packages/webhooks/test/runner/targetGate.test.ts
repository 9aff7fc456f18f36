import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { makeTargetGate } from "../../src/runner/targetGate.ts"

const enterMany = (gate: ReturnType<typeof makeTargetGate>, count: number) =>
  Effect.forEach(Array.from({ length: count }), () => gate.enter("a", 0), { concurrency: "unbounded" })

const times = (count: number) => Array.from({ length: count }, (_, index) => index)

describe("the gate of a target", () => {
  it.effect("lets some in, lets a few wait, and tells the others when to come back", () =>
    Effect.gen(function* () {
      const gate = makeTargetGate()
      const fiber = yield* Effect.forkChild(enterMany(gate, 200))
      yield* TestClock.adjust("2 seconds")
      const answers = yield* Fiber.join(fiber)
      assert.strictEqual(answers.filter((delay) => delay === 0).length, 16)
      assert.isTrue(answers.every((delay) => delay <= 60_000))
      assert.strictEqual(yield* gate.enter("b", 0), 0)
    })
  )

  it.effect("hands a place on to who waits", () =>
    Effect.gen(function* () {
      const gate = makeTargetGate()
      yield* enterMany(gate, 16)
      const waiting = yield* Effect.forkChild(gate.enter("a", 0))
      yield* Effect.yieldNow
      yield* gate.leave("a", "well", 10, 0)
      assert.strictEqual(yield* Fiber.join(waiting), 0)
    })
  )

  it.effect("a place that was handed to somebody interrupted is not lost", () =>
    Effect.gen(function* () {
      const gate = makeTargetGate()
      yield* enterMany(gate, 16)
      const waiting = yield* Effect.forkChild(gate.enter("a", 0))
      yield* Effect.yieldNow
      yield* Fiber.interrupt(waiting)
      yield* Effect.forEach(times(16), () => gate.leave("a", "ill", 10, 0))
      assert.deepStrictEqual(
        yield* enterMany(gate, 16),
        times(16).map(() => 0)
      )
    })
  )

  it.effect("grows with success and shrinks with trouble", () =>
    Effect.gen(function* () {
      const gate = makeTargetGate()
      yield* enterMany(gate, 16)
      yield* Effect.forEach(times(16), () => gate.leave("a", "well", 1, 0))
      assert.strictEqual((yield* enterMany(gate, 32)).filter((delay) => delay === 0).length, 32)
      yield* Effect.forEach(times(32), () => gate.leave("a", "slow", 15_000, 0))
      assert.strictEqual(yield* gate.enter("a", 0), 0)
      assert.isAbove(yield* gate.enter("a", 0), 0)
    })
  )

  it.effect("leaves a target alone for as long as it asks, then lets in one after another", () =>
    Effect.gen(function* () {
      const gate = makeTargetGate()
      assert.strictEqual(yield* gate.enter("a", 0), 0)
      yield* gate.leave("a", "slow", 10, 5_000)
      const first = yield* gate.enter("a", 0)
      const second = yield* gate.enter("a", 0)
      assert.isAtLeast(first, 5_000)
      assert.isAbove(second, first)
      yield* TestClock.adjust("5 seconds")
      assert.strictEqual(yield* gate.enter("a", 0), 0)
      assert.isAtLeast(yield* gate.enter("b", 30_000), 30_000)
    })
  )

  it.effect("paces what has a rate", () =>
    Effect.gen(function* () {
      const gate = makeTargetGate()
      assert.strictEqual(yield* gate.paced("a", 60), 1_000)
      assert.strictEqual(yield* gate.paced("a", 60), 2_000)
    })
  )
})
