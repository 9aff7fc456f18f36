import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { Knowledge } from "../../knowledge/Knowledge.ts"
import { DEFAULT_KNOWLEDGE_BASE } from "../../knowledge/KnowledgeBase.ts"
import type { Tests } from "../fixtures.ts"
import { freshWorkspace, idsOf, put, sample, search } from "./samples.ts"

/** What a search finds, and in which order. */
export const ranking = (it: Tests<Knowledge>): void => {
  it.effect("scores by BM25, normalised and in order", () =>
    Effect.gen(function* () {
      const workspace = yield* freshWorkspace
      yield* put(workspace, sample("a", ["refund order order order", "the order", "the shipping of an order abroad"]))
      yield* put(workspace, sample("b", ["the price of shipping", "- refund refund refund refund"]))
      const { chunks, statistics } = yield* search(workspace, "refund order nowhere")
      // four enabled chunks of 4, 2, 6 and 4 terms; idf(refund) = ln(1 + 3.5/1.5), idf(order) = ln(1 + 1.5/3.5)
      assert.deepStrictEqual([...statistics.frequencies].toSorted(), [
        ["order", 3],
        ["refund", 1]
      ])
      const [rare, common] = [Math.log(1 + 3.5 / 1.5), Math.log(1 + 1.5 / 3.5)]
      const expected = [
        (2.2 * rare) / 2.2 + (2.2 * 3 * common) / (3 + 1.2),
        (2.2 * common) / (1 + 1.2 * (0.25 + (0.75 * 2) / 4)),
        (2.2 * common) / (1 + 1.2 * (0.25 + (0.75 * 6) / 4))
      ].map((score) => 1 - Math.exp((-2 * score) / (rare + common)))
      assert.deepStrictEqual(
        chunks.map(({ score }) => score.toFixed(9)),
        expected.map((score) => score.toFixed(9))
      )
      assert.deepStrictEqual(idsOf(yield* search(workspace, "refund order", 1)), ["chunk_a_0"])
      assert.deepStrictEqual((yield* search(workspace, "nowhere")).chunks, [])
    })
  )

  it.effect("takes the forms of a word as one, as frequent as the most frequent", () =>
    Effect.gen(function* () {
      const workspace = yield* freshWorkspace
      yield* put(workspace, sample("a", ["la one", "là two", "là three", "là four", "là five"]))
      const forms = ["là", "la"].map((term) => ({ term, weight: 1, word: 0 }))
      const query = { knowledgeBaseIds: [DEFAULT_KNOWLEDGE_BASE], terms: forms, limit: 10 }
      const { chunks } = yield* (yield* Knowledge).search(workspace, query)
      assert.strictEqual(new Set(chunks.map(({ score }) => score.toFixed(9))).size, 1)
      assert.strictEqual(chunks.length, 5)
    })
  )
}
