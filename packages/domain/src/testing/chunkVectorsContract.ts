import { assert, layer } from "@effect/vitest"
import { Effect, type Layer, Option } from "effect"
import { ChunkId, DocumentId, WorkspaceId } from "../ids/brands.ts"
import { ChunkVectors, type VectorWork } from "../knowledge/ChunkVectors.ts"
import { Knowledge } from "../knowledge/Knowledge.ts"
import { DEFAULT_KNOWLEDGE_BASE } from "../knowledge/KnowledgeBase.ts"

const workspaceId = WorkspaceId.make("00000000-0000-4000-9000-000000000001")

/** One document whose chunks are given as words; one that begins with "-" is not enabled. */
const put = Effect.fnUntraced(function* (name: string, texts: ReadonlyArray<string>) {
  const id = DocumentId.make(`doc_${name}`)
  const common = { lang: "en", createdAt: new Date(0) }
  const chunks = texts.map((content, index) => ({
    terms: content.split(" "),
    chunk: {
      ...common,
      id: ChunkId.make(`chunk_${name}_${index}`),
      documentId: id,
      documentName: name,
      documentUrl: null,
      content,
      enabled: !content.startsWith("-"),
      source: "knowledge_base",
      pair: null
    }
  }))
  const content = { kind: "text", text: texts.join("\n") } as const
  const placed = { knowledgeBaseId: DEFAULT_KNOWLEDGE_BASE, url: null, sourceId: null, chunkCount: texts.length }
  yield* (yield* Knowledge).put(workspaceId, { ...common, ...placed, id, name, kind: "text", content }, chunks)
})

/** As if the number of letters told what a text means. */
const vectorOf = (text: string): ReadonlyArray<number> => [text.length, 1, 0]

const TERMS = { limit: 2, leaseMs: 60_000 }

/** Does all there is to do; the texts in the order they came. */
const embedAll = Effect.fnUntraced(function* (model: string) {
  const vectors = yield* ChunkVectors
  const texts: Array<string> = []
  let work: Option.Option<VectorWork> = yield* vectors.claim(model, TERMS)
  while (Option.isSome(work)) {
    const { chunks } = work.value
    texts.push(...chunks.map(({ text }) => text))
    yield* vectors.store(
      work.value,
      chunks.map(({ text }) => vectorOf(text))
    )
    work = yield* vectors.claim(model, TERMS)
  }
  return texts
})

const search = Effect.fnUntraced(function* (word: string, model: string, like: string) {
  const { chunks } = yield* (yield* Knowledge).search(workspaceId, {
    knowledgeBaseIds: [DEFAULT_KNOWLEDGE_BASE],
    terms: [{ term: word, weight: 1, word: 0 }],
    limit: 10,
    embedding: { model, values: vectorOf(like) }
  })
  return chunks
})

/** What every store of vectors must do that can hold them; an adapter calls it with its own layer. */
export const chunkVectorsContract = (name: string, stores: Layer.Layer<ChunkVectors | Knowledge>): void =>
  layer(stores, { timeout: "60 seconds" })(`ChunkVectors (${name})`, (it) => {
    it.effect("gives each enabled chunk its vector once, and again for another model", () =>
      Effect.gen(function* () {
        assert.isTrue(yield* (yield* ChunkVectors).offered)
        yield* put("a", ["refund", "-refund hidden", "money returned to the buyer in full"])
        yield* put("b", ["opening hours"])
        const texts = ["a\nrefund", "a\nmoney returned to the buyer in full", "b\nopening hours"]
        assert.deepStrictEqual((yield* embedAll("one")).toSorted(), texts.toSorted())
        assert.deepStrictEqual(yield* embedAll("one"), [])
        yield* put("b", ["open all day", "and night"])
        assert.deepStrictEqual(yield* embedAll("one"), ["b\nopen all day", "b\nand night"])
        assert.strictEqual((yield* embedAll("two")).length, 4)
      })
    )

    it.effect("brings the best by words and by vector together by their places", () =>
      Effect.gen(function* () {
        const chunks = yield* search("refund", "two", "a\nmoney returned to the buyer in full")
        const [first, second] = chunks
        assert.strictEqual(first?.id, "chunk_a_0")
        assert.isNumber(first?.lexicalScore)
        assert.strictEqual(second?.id, "chunk_a_2")
        assert.isNull(second?.lexicalScore)
        assert.closeTo(second?.vectorScore ?? 0, 1, 1e-6)
        assert.closeTo(second?.fusedScore ?? 0, 0.5, 1e-9)
        assert.strictEqual(chunks.length, 4)
      })
    )

    it.effect("finds by words alone what has no vector of the query's model", () =>
      Effect.gen(function* () {
        const chunks = yield* search("refund", "unknown", "refund")
        const found = chunks.map(({ id, vectorScore }) => `${id} ${vectorScore}`)
        assert.deepStrictEqual(found, ["chunk_a_0 null"])
      })
    )

    it.effect("forgets the vectors of what was removed, and finds by vector what no word finds", () =>
      Effect.gen(function* () {
        yield* (yield* Knowledge).remove(workspaceId, DocumentId.make("doc_a"))
        const chunks = yield* search("nowhere", "two", "b\nopen all day")
        assert.deepStrictEqual(
          chunks.map(({ id }) => id),
          ["chunk_b_0", "chunk_b_1"]
        )
      })
    )

    it.effect("gives leased work to nobody else until it is put off no longer", () =>
      Effect.gen(function* () {
        const vectors = yield* ChunkVectors
        const work = Option.getOrThrow(yield* vectors.claim("three", TERMS))
        assert.isTrue(Option.isNone(yield* vectors.claim("three", TERMS)))
        yield* vectors.putOff(work, 60_000)
        assert.isTrue(Option.isNone(yield* vectors.claim("three", TERMS)))
        yield* vectors.putOff(work, 0)
        assert.deepStrictEqual(Option.getOrThrow(yield* vectors.claim("three", TERMS)).chunks, work.chunks)
      })
    )
  })
