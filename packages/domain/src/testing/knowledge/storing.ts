import { assert } from "@effect/vitest"
import { Effect, Option, Struct } from "effect"
import { DocumentId, KnowledgeBaseId } from "../../ids/brands.ts"
import type { Document } from "../../knowledge/Document.ts"
import { Knowledge } from "../../knowledge/Knowledge.ts"
import type { Tests } from "../fixtures.ts"
import { all, digest, freshWorkspace, put, sample, search } from "./samples.ts"

/** Documents are stored whole or not at all, in their place. */
export const storing = (it: Tests<Knowledge>): void => {
  it.effect("gives back what was put, and nothing to another workspace", () =>
    Effect.gen(function* () {
      const [mine, other] = [yield* freshWorkspace, yield* freshWorkspace]
      const store = yield* Knowledge
      const { document, chunks } = sample("full", ["refund 'quoted' \\ \"退款\" 😀"])
      const pairs = { kind: "pairs", pairs: [{ question: "多久？", answer: "3-5 天\n😀" }] } as const
      const full: Document = { ...document, kind: "pairs", content: pairs }
      const [first] = chunks
      if (first === undefined) return yield* Effect.die("no chunk")
      const chunk = { ...first.chunk, pair: pairs.pairs[0] }
      assert.deepStrictEqual(yield* store.put(mine, full, [{ ...first, chunk }]), full)
      assert.deepStrictEqual(yield* store.find(mine, full.id), Option.some(full))
      const found = yield* search(mine, "refund")
      assert.deepStrictEqual(found.chunks, [{ ...chunk, score: found.chunks[0]?.score ?? 0 }])
      assert.deepStrictEqual(yield* store.find(other, full.id), Option.none())
      assert.deepStrictEqual((yield* search(other, "refund")).chunks, [])
      assert.strictEqual((yield* Effect.flip(store.remove(other, full.id)))._tag, "DocumentNotFound")
      yield* put(other, sample("full", ["refund"]))
      assert.strictEqual((yield* search(mine, "refund")).statistics.chunkCount, 1)
    })
  )

  it.effect("replaces a document whole, in its place", () =>
    Effect.gen(function* () {
      const [workspace, fresh] = [yield* freshWorkspace, yield* freshWorkspace]
      const store = yield* Knowledge
      const old = sample("a", ["old words here", "more old words"])
      yield* put(workspace, old)
      yield* put(workspace, sample("b", ["words between"]))
      const replaced = yield* put(workspace, sample("a", ["new words"], 5000))
      assert.deepStrictEqual(replaced.createdAt, old.document.createdAt)
      yield* put(fresh, sample("a", ["new words"]))
      yield* put(fresh, sample("b", ["words between"]))
      const text = "old new words here between"
      assert.deepStrictEqual(digest(yield* search(workspace, text)), digest(yield* search(fresh, text)))
      const { documents } = yield* store.list(workspace, { ...all, limit: 10 })
      assert.deepStrictEqual(
        documents.map(({ id, chunkCount }) => [id, chunkCount]),
        [
          ["doc_b", 1],
          ["doc_a", 1]
        ]
      )
    })
  )

  it.effect("lists the newest first, page by page", () =>
    Effect.gen(function* () {
      const workspace = yield* freshWorkspace
      const store = yield* Knowledge
      yield* Effect.forEach(["a", "b", "c", "d", "e"], (each) => put(workspace, sample(each, ["word"])))
      const first = yield* store.list(workspace, { ...all, limit: 2 })
      yield* store.remove(workspace, DocumentId.make("doc_d"))
      yield* put(workspace, sample("f", ["word"]))
      const second = yield* store.list(workspace, { ...all, limit: 2, after: first.next })
      const third = yield* store.list(workspace, { ...all, limit: 2, after: second.next })
      const names = [first, second, third].map(({ documents }) => documents.map(({ id }) => id).join(" "))
      assert.deepStrictEqual(names, ["doc_e doc_d", "doc_c doc_b", "doc_a"])
      assert.isNull(third.next)
      assert.deepStrictEqual(third.documents, [Struct.omit(sample("a", ["word"]).document, ["content"])])
    })
  )

  it.effect("forgets a removed document", () =>
    Effect.gen(function* () {
      const workspace = yield* freshWorkspace
      const store = yield* Knowledge
      const { document } = yield* Effect.as(put(workspace, sample("a", ["alpha beta"])), sample("a", ["alpha beta"]))
      yield* put(workspace, sample("b", ["beta gamma", "- beta"]))
      yield* store.remove(workspace, document.id)
      assert.deepStrictEqual(yield* store.find(workspace, document.id), Option.none())
      const { chunks, statistics } = yield* search(workspace, "alpha beta")
      assert.deepStrictEqual(
        chunks.map(({ id }) => id),
        ["chunk_b_0"]
      )
      assert.deepStrictEqual([...statistics.frequencies], [["beta", 1]])
      assert.strictEqual(statistics.chunkCount, 1)
      assert.strictEqual((yield* Effect.flip(store.remove(workspace, document.id)))._tag, "DocumentNotFound")
      yield* store.remove(workspace, DocumentId.make("doc_b"))
      assert.deepStrictEqual((yield* search(workspace, "beta")).chunks, [])
    })
  )

  it.effect("refuses a chunk id of another document and leaves all as it was", () =>
    Effect.gen(function* () {
      const workspace = yield* freshWorkspace
      yield* put(workspace, sample("a", ["alpha"]))
      yield* put(workspace, sample("b", ["beta"]))
      const before = digest(yield* search(workspace, "alpha beta gamma"))
      const taken = { document: sample("b", ["gamma"]).document, chunks: sample("a", ["gamma"]).chunks }
      assert.strictEqual((yield* Effect.flip(put(workspace, taken)))._tag, "ChunkIdTaken")
      assert.deepStrictEqual(digest(yield* search(workspace, "alpha beta gamma")), before)
    })
  )

  it.effect("refuses a document for a knowledge base that does not exist", () =>
    Effect.gen(function* () {
      const workspace = yield* freshWorkspace
      const { chunks, document } = sample("a", ["alpha"])
      const nowhere = { ...document, knowledgeBaseId: KnowledgeBaseId.make(7) }
      const refused = yield* Effect.flip((yield* Knowledge).put(workspace, nowhere, chunks))
      assert.strictEqual(refused._tag, "KnowledgeBaseNotFound")
      assert.deepStrictEqual((yield* search(workspace, "alpha")).chunks, [])
    })
  )
}
