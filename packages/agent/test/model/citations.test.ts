import { assert, describe, it } from "@effect/vitest"
import { makeCitationFilter } from "../../src/model/citations.ts"

/** What is shown of a text, cut in every possible place, and what it cites. */
const shown = (text: string) => {
  const results = new Set<string>()
  for (let cut = 0; cut <= text.length; cut++) {
    const filter = makeCitationFilter(true)
    const visible = filter.push(text.slice(0, cut)) + filter.push(text.slice(cut)) + filter.flush()
    results.add(JSON.stringify([visible, [...filter.cited].toSorted((a, b) => a - b), filter.admits()]))
  }
  assert.strictEqual(results.size, 1, `${text} depends on how it is cut`)
  const [only = "null"] = results
  return JSON.parse(only)
}

describe("citation marks", () => {
  const texts: ReadonlyArray<readonly [text: string, visible: string, cited: ReadonlyArray<number>]> = [
    ["Within 7 days [1].", "Within 7 days.", [1]],
    ["Yes[2][3], it is.", "Yes, it is.", [2, 3]],
    ["Both [1, 3] hold.", "Both hold.", [1, 3]],
    ["All [2-4].", "All.", [2, 3, 4]],
    ["Footnote [^2]!", "Footnote!", [2]],
    ["七天之内【1】。", "七天之内。", [1]],
    ["Since [2024] and a[i] and [x]", "Since [2024] and a[i] and [x]", []],
    ["So it is [[1]], or [Passage 2] and [source: 3].", "So it is, or and.", [1, 2, 3]],
    ["七天【来源 1】之内【2†FAQ】。", "七天之内。", [1, 2]],
    [
      "See [the passage] and [[x]] and [our page](https://a.b/[1)",
      "See [the passage] and [[x]] and [our page](https://a.b/[1)",
      []
    ],
    ["A list: [", "A list: [", []],
    ["Nothing said", "Nothing said", []]
  ]
  for (const [text, visible, cited] of texts) {
    it(`of ${JSON.stringify(text)} are taken out wherever it is cut`, () => {
      assert.deepStrictEqual(shown(text), [visible, cited, false])
    })
  }

  it("of a model that goes wild hold nothing up: not blanks, and not brackets", () => {
    for (const piece of [" ", "\t", "[", "[[", "【", "[1", "[a", "] "]) {
      const filter = makeCitationFilter(true)
      let visible = ""
      for (let n = 0; n < 20_000; n++) visible += filter.push(piece)
      visible += filter.push(`${piece.repeat(20_000)}.`) + filter.flush()
      assert.isBelow(filter.push("").length, 1)
      assert.isAbove(visible.length, 20_000)
    }
  })

  it("tell that nothing holds the answer", () => {
    assert.deepStrictEqual(shown("I do not know that. [?]"), ["I do not know that.", [], true])
  })
})
