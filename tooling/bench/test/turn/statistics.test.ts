import { describe, expect, it } from "vitest"
import { median, quantile, sum } from "../../src/turn/statistics.ts"

describe("statistics", () => {
  it("finds quantiles without an order", () => {
    const values = [9, 1, 5, 3, 7]
    expect(median(values)).toBe(5)
    expect(quantile(values, 0.99)).toBe(9)
    expect(values).toEqual([9, 1, 5, 3, 7])
  })

  it("has no quantile of nothing", () => {
    expect(median([])).toBeNaN()
    expect(sum([])).toBe(0)
  })
})
