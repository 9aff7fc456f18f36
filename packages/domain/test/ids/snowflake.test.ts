import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { makeSnowflake, SNOWFLAKE_EPOCH } from "../../src/ids/snowflake.ts"

const NOW = Date.UTC(2026, 1, 5)

const isIncreasing = (ids: ReadonlyArray<string>) =>
  ids.every((id, index) => index === 0 || BigInt(id) > BigInt(ids[index - 1] ?? ""))

describe("makeSnowflake", () => {
  it("puts milliseconds, node and sequence where they belong", () => {
    const next = makeSnowflake(5)
    const [first, second] = [BigInt(next(NOW)), BigInt(next(NOW))]
    assert.strictEqual(Number(first >> 22n), NOW - SNOWFLAKE_EPOCH)
    assert.strictEqual((first >> 12n) & 1023n, 5n)
    assert.deepStrictEqual([first & 4095n, second & 4095n], [0n, 1n])
  })

  it.each([
    [0, 0n],
    [1023, 1023n],
    [1024, 0n],
    [-1, 1023n]
  ])("keeps node %i within its ten bits", (node, bits) => {
    assert.strictEqual((BigInt(makeSnowflake(node)(NOW)) >> 12n) & 1023n, bits)
  })

  it("increases also beyond 4,096 ids in a millisecond", () => {
    const next = makeSnowflake(1023)
    const ids = Array.from({ length: 10_000 }, () => next(NOW))
    assert.isTrue(isIncreasing(ids))
    assert.strictEqual(Number(BigInt(ids.at(-1) ?? "") >> 22n), NOW - SNOWFLAKE_EPOCH + 2)
  })

  it("is a positive number of at most 19 digits from before the epoch to 2093", () => {
    for (const now of [0, SNOWFLAKE_EPOCH, NOW, Date.UTC(2093, 0, 1)]) {
      assert.match(makeSnowflake(1023)(now), /^[1-9]\d{0,18}$/)
    }
  })

  it.prop(
    "increases however the clock steps",
    { steps: Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: -5, maximum: 5 }))) },
    ({ steps }) => {
      const next = makeSnowflake(0)
      let now = NOW
      assert.isTrue(isIncreasing(steps.map((step) => next((now += step)))))
    }
  )
})
