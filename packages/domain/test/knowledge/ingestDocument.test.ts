import { assert, it } from "@effect/vitest"
import { Effect, Layer, Struct } from "effect"
import {
  ChunkId,
  DocumentId,
  Ids,
  ingestDocument,
  Knowledge,
  KnowledgeMemory,
  searchKnowledge,
  TextAnalyzer,
  WorkspaceId
} from "../../src/index.ts"

const words = (text: string) => text.toLowerCase().match(/\w+/gu) ?? []

/** Knows words, and two languages: a text with "de" in it is German. */
const analyzer = Layer.succeed(
  TextAnalyzer,
  TextAnalyzer.of({
    detectLanguage: (text) => ({ code: text.includes("de:") ? "de" : "en", name: "", certain: text.includes(":") }),
    terms: words,
    queryTerms: (text) => words(text).map((term, word) => ({ term, weight: 1, word }))
  })
)
const services = Layer.mergeAll(KnowledgeMemory, analyzer, Ids.layer(1))

const workspaceId = WorkspaceId.make("00000000-0000-4000-8000-000000000001")
const search = (query: string) => searchKnowledge({ workspaceId, query, limit: 10 })

it.effect("ingests a text and finds it, by its name too", () =>
  Effect.gen(function* () {
    const document = yield* ingestDocument({
      workspaceId,
      name: "Returns",
      content: { kind: "text", text: "Within 7 days." }
    })
    assert.match(document.id, /^doc_\d+$/)
    assert.strictEqual(document.chunkCount, 1)
    const { chunks } = yield* search("returns")
    assert.deepStrictEqual(
      chunks.map((chunk) => [/^chunk_\d+$/.test(chunk.id), Struct.omit(chunk, ["id", "score"])]),
      [
        [
          true,
          {
            documentId: document.id,
            documentName: "Returns",
            documentUrl: null,
            content: "Within 7 days.",
            lang: "en",
            enabled: true,
            source: "knowledge_base",
            pair: null,
            createdAt: document.createdAt
          }
        ]
      ]
    )
  }).pipe(Effect.provide(services))
)

it.effect("takes given ids, and gives the rest their own", () =>
  Effect.gen(function* () {
    const id = DocumentId.make("doc_refund_policy_v1")
    const pairs = [
      { question: "One?", answer: "First." },
      { question: "Two?", answer: "de: Zwei." }
    ]
    const chunkIds = [ChunkId.make("chunk_refund_001")]
    yield* ingestDocument({ workspaceId, id, chunkIds, name: "x", content: { kind: "pairs", pairs }, lang: "fr" })
    const { chunks } = yield* search("one zwei")
    assert.strictEqual(chunks.find(({ pair }) => pair?.question === "One?")?.id, "chunk_refund_001")
    assert.strictEqual(chunks.find(({ pair }) => pair?.question === "Two?")?.lang, "de")
  }).pipe(Effect.provide(services))
)

it.effect("stores what a database can hold", () =>
  Effect.gen(function* () {
    const content = { kind: "text", text: "a\u0000b \uD83D" } as const
    const document = yield* ingestDocument({ workspaceId, name: "n\u0000", content })
    assert.deepStrictEqual([document.name, document.content], ["n", { kind: "text", text: "ab \uFFFD" }])
  }).pipe(Effect.provide(services))
)

it.effect("does not search for nothing", () =>
  Effect.gen(function* () {
    assert.deepStrictEqual((yield* search("?!")).chunks, [])
  }).pipe(Effect.provide(Layer.merge(Layer.mock(Knowledge, {}), analyzer)))
)
