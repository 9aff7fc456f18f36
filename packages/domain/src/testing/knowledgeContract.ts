import { assert, layer } from "@effect/vitest"
import { Effect, type Layer, Option, Struct } from "effect"
import { ChunkId, DocumentId, KnowledgeBaseId, WorkspaceId } from "../ids/brands.ts"
import type { IndexedChunk, KnowledgeMatches } from "../knowledge/Chunk.ts"
import type { Document } from "../knowledge/Document.ts"
import { Knowledge } from "../knowledge/Knowledge.ts"
import { DEFAULT_KNOWLEDGE_BASE } from "../knowledge/KnowledgeBase.ts"
import type { QueryTerm } from "../knowledge/TextAnalyzer.ts"
import { KnowledgeMemory } from "../memory/KnowledgeMemory.ts"

let workspaces = 0

/** A workspace no other test uses. */
const freshWorkspace = Effect.sync(() =>
  WorkspaceId.make(`00000000-0000-4000-8000-${String(++workspaces).padStart(12, "0")}`)
)

interface Sample {
  readonly document: Document
  readonly chunks: ReadonlyArray<IndexedChunk>
}

/** A document whose chunks are given as words; a chunk that begins with "-" is not enabled. */
const sample = (name: string, texts: ReadonlyArray<string>, millis = 0): Sample => {
  const id = DocumentId.make(`doc_${name}`)
  const createdAt = new Date(1_700_000_000_000 + millis)
  const chunks = texts.map((text, index): IndexedChunk => ({
    terms: text.split(" ").filter((term) => term !== "" && term !== "-"),
    chunk: {
      id: ChunkId.make(`chunk_${name}_${index}`),
      documentId: id,
      documentName: `Name of ${name}`,
      documentUrl: `https://example.com/${name}`,
      content: text,
      lang: "en",
      enabled: !text.startsWith("-"),
      source: "knowledge_base",
      pair: null,
      createdAt
    }
  }))
  const content = { kind: "text", text: texts.join("\n") } as const
  const kept = { name: `Name of ${name}`, url: `https://example.com/${name}`, sourceId: null, lang: "en", createdAt }
  const fields = { ...kept, knowledgeBaseId: DEFAULT_KNOWLEDGE_BASE, kind: content.kind, chunkCount: chunks.length }
  return { document: { id, ...fields, content }, chunks }
}

const terms = (text: string): ReadonlyArray<QueryTerm> =>
  text.split(" ").map((term, word) => ({ term, weight: 1, word }))

const put = Effect.fnUntraced(function* (workspaceId: WorkspaceId, { document, chunks }: Sample) {
  return yield* (yield* Knowledge).put(workspaceId, document, chunks)
})

const search = Effect.fnUntraced(function* (workspaceId: WorkspaceId, text: string, limit = 10) {
  const query = { knowledgeBaseIds: [DEFAULT_KNOWLEDGE_BASE], terms: terms(text), limit }
  return yield* (yield* Knowledge).search(workspaceId, query)
})

const all = { knowledgeBaseId: DEFAULT_KNOWLEDGE_BASE, after: null }

const idsOf = ({ chunks }: KnowledgeMatches) => chunks.map(({ id }) => id)

/** What is found, to nine digits: engines add in different orders. */
const digest = ({ chunks, statistics }: KnowledgeMatches) => ({
  chunks: chunks.map(({ id, score }) => `${id} ${score.toFixed(9)}`).toSorted(),
  chunkCount: statistics.chunkCount,
  frequencies: [...statistics.frequencies].toSorted(([a], [b]) => (a < b ? -1 : 1))
})

/** What every store of knowledge must do; an adapter calls it with its own layer. */
export const knowledgeContract = (name: string, knowledge: Layer.Layer<Knowledge>): void =>
  layer(knowledge, { timeout: "60 seconds" })(`Knowledge (${name})`, (it) => {
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
  })
