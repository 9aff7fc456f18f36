import { assert, describe, it } from "vitest"
import { parseRetryAfter } from "../../src/retry/retryAfter.ts"
import { MAX_ATTEMPTS, MAX_RETRY_AFTER, pauseAfter } from "../../src/retry/schedule.ts"

const HOUR = 3_600_000
const now = Date.UTC(1994, 10, 6, 8, 47, 37)

describe("the schedule", () => {
  it("is ten attempts over about 75 hours", () => {
    assert.strictEqual(MAX_ATTEMPTS, 10)
    const pauses = Array.from({ length: 9 }, (_, index) => pauseAfter(index + 1, null, 0.5) ?? Number.NaN)
    assert.deepStrictEqual(pauses, [
      5_000,
      300_000,
      1_800_000,
      2 * HOUR,
      5 * HOUR,
      10 * HOUR,
      14 * HOUR,
      20 * HOUR,
      24 * HOUR
    ])
    assert.closeTo(pauses.reduce((sum, pause) => sum + pause) / HOUR, 75.6, 0.1)
    assert.isNull(pauseAfter(10, null, 0.5))
    assert.isNull(pauseAfter(10, 1_000, 0.5))
  })

  it("is spread by ten percent", () => {
    assert.strictEqual(pauseAfter(1, null, 0), 4_500)
    assert.strictEqual(pauseAfter(1, null, 1), 5_500)
  })

  it("heeds a longer wish, never early, and up to a day", () => {
    assert.strictEqual(pauseAfter(1, 60_000, 0), 60_000)
    assert.strictEqual(pauseAfter(1, 60_000, 1), 66_000)
    assert.strictEqual(pauseAfter(2, 60_000, 0.5), 300_000)
    assert.strictEqual(pauseAfter(1, 1_000 * HOUR, 0), MAX_RETRY_AFTER)
  })
})

describe("Retry-After", () => {
  it.each([
    ["120", 120_000],
    [" 120 ", 120_000],
    ["0", 0],
    ["999999999999", MAX_RETRY_AFTER],
    ["Sun, 06 Nov 1994 08:49:37 GMT", 120_000],
    ["Sunday, 06-Nov-94 08:49:37 GMT", 120_000],
    ["Sun Nov  6 08:49:37 1994", 120_000],
    ["Wed Nov 16 08:49:37 1994", MAX_RETRY_AFTER],
    ["Sun, 06 Nov 1994 08:00:00 GMT", 0]
  ])("%s is understood", (header, wait) => assert.strictEqual(parseRetryAfter(header, now), wait))

  it.each(["", "soon", "-1", "1.5", "1e3", "0x10", "Sun, 06 Foo 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"])(
    "%s is not",
    (header) => assert.isNull(parseRetryAfter(header, now))
  )

  it("places a year of two digits in its century", () => {
    const in2026 = Date.UTC(2026, 0, 1)
    assert.strictEqual(parseRetryAfter("Thursday, 01-Jan-26 00:01:00 GMT", in2026), 60_000)
    assert.strictEqual(parseRetryAfter("Sunday, 06-Nov-94 08:49:37 GMT", in2026), 0)
  })
})
