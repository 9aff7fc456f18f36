import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { DocumentId } from "../../ids/brands.ts"
import { Knowledge } from "../../knowledge/Knowledge.ts"
import { KnowledgeMemory } from "../../memory/KnowledgeMemory.ts"
import type { Tests } from "../fixtures.ts"
import { digest, freshWorkspace, put, sample, search } from "./samples.ts"

const textsOf = (document: number, chunks: number) =>
  Array.from({ length: chunks }, (_, index) => `the ${index % 2 === 0 ? "even" : "odd"} of ${document} ${index}`)

/** The index agrees with the documents after any writes. */
export const exactness = (it: Tests<Knowledge>): void => {
  it.effect("stays exact when many write at once", () =>
    Effect.gen(function* () {
      const [workspace, fresh] = [yield* freshWorkspace, yield* freshWorkspace]
      const names = ["a", "b", "c", "d", "e", "f"]
      const written = names.map((each) => sample(each, [`shared ${each}`, `${each} shared again`]))
      const drafts = names.map((each) => sample(each, [`draft of shared ${each}`]))
      yield* Effect.forEach(drafts, (each) => put(workspace, each), { concurrency: 6 })
      yield* Effect.forEach([...written, ...written.toReversed()], (each) => put(workspace, each), { concurrency: 6 })
      yield* Effect.forEach(written, (each) => put(fresh, each))
      const text = "shared draft again a f"
      assert.deepStrictEqual(digest(yield* search(workspace, text, 50)), digest(yield* search(fresh, text, 50)))
    })
  )

  it.effect("finds the same as memory does after any writes", () =>
    Effect.gen(function* () {
      const workspace = yield* freshWorkspace
      const words = ["the", "of", "refund", "order", "ship", "退款", "订单", "a'b", "100%", "_x"]
      const pick = (seed: number) => words[(seed * seed + 7 * seed) % words.length] ?? "the"
      const textOf = (seed: number) => Array.from({ length: 3 + (seed % 5) }, (_, i) => pick(seed + i * 3)).join(" ")
      const writes = Effect.gen(function* () {
        const store = yield* Knowledge
        for (let seed = 1; seed <= 24; seed++) {
          const texts = Array.from(
            { length: seed % 4 },
            (_, index) => `${index === 2 ? "- " : ""}${textOf(seed + index)}`
          )
          yield* put(workspace, sample(`n${seed % 9}`, texts))
          if (seed % 5 === 0) yield* store.remove(workspace, DocumentId.make(`doc_n${seed % 9}`))
        }
        return yield* Effect.forEach(words, (word, index) => search(workspace, `${word} ${pick(index)} of`, 100))
      })
      const expected = yield* Effect.provide(writes, KnowledgeMemory)
      assert.deepStrictEqual((yield* writes).map(digest), expected.map(digest))
    })
  )

  it.effect("stays exact with terms that many chunks have, whatever of them is replaced or removed", () =>
    Effect.gen(function* () {
      const workspace = yield* freshWorkspace
      const writes = Effect.gen(function* () {
        const store = yield* Knowledge
        for (let document = 0; document < 14; document++) {
          yield* put(workspace, sample(`d${document}`, textsOf(document, document === 5 ? 70 : 9)))
        }
        yield* put(workspace, sample("d5", textsOf(5, 3)))
        yield* put(workspace, sample("d2", ["- the even of nothing"]))
        for (const document of [1, 3, 4, 9]) yield* store.remove(workspace, DocumentId.make(`doc_d${document}`))
        yield* put(workspace, sample("d0", textsOf(20, 40)))
        const found = yield* Effect.forEach(["the even of 0", "odd 7", "of 5 3"], (text) =>
          search(workspace, text, 200)
        )
        for (let document = 0; document < 14; document++) {
          if (![1, 3, 4, 9].includes(document)) yield* store.remove(workspace, DocumentId.make(`doc_d${document}`))
        }
        return [...found, yield* search(workspace, "the even")]
      })
      const expected = yield* Effect.provide(writes, KnowledgeMemory)
      assert.deepStrictEqual((yield* writes).map(digest), expected.map(digest))
    })
  )
}
