import { assert, describe, it } from "@effect/vitest"
import { makeThoughtFilter } from "../../src/model/thought.ts"

const through = (...pieces: ReadonlyArray<string>): string => {
  const { flush, push } = makeThoughtFilter()
  return pieces.map(push).join("") + flush()
}

describe("makeThoughtFilter", () => {
  it("takes thoughts from the beginning, wherever they are cut into pieces, and leaves what follows", () => {
    const text = " <Think>Is it <b>?\n</think>\u200B\n<reasoning>so</reasoning> It is <think>not</think>."
    for (let at = 0; at <= text.length; at++)
      assert.strictEqual(through(text.slice(0, at), text.slice(at)), "It is <think>not</think>.", `cut at ${at}`)
    assert.strictEqual(through(...text), "It is <think>not</think>.")
  })

  it("leaves what only begins like a thought, and nothing of one without an end", () => {
    assert.strictEqual(through("<thinker>", " yes"), "<thinker> yes")
    assert.strictEqual(through("<thi"), "<thi")
    assert.strictEqual(through("<think>", "I wonder"), "")
  })

  it("bears any number of thoughts in one piece", () => {
    assert.strictEqual(through(`${"<think></think>".repeat(100_000)}done`), "done")
  })
})
