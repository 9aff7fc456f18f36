import { assert, layer } from "@effect/vitest"
import {
  DEFAULT_KNOWLEDGE_BASE,
  DocumentId,
  Ids,
  ingestDocument,
  Knowledge,
  TextAnalyzer,
  WorkspaceId
} from "@butler/domain"
import { Effect, Layer } from "effect"
import { sql } from "kysely"
import { query } from "../../src/index.ts"
import { KnowledgeSql } from "../../src/knowledge/KnowledgeSql.ts"
import { mergeKnowledge } from "../../src/knowledge/mergeKnowledge.ts"
import { engines } from "../../src/testing/index.ts"

const workspaceId = WorkspaceId.make("00000000-0000-4000-8000-0000000000ab")
const english = { code: "en", name: "English", certain: true }

/** Words as they are written. */
const analyzer = Layer.succeed(
  TextAnalyzer,
  TextAnalyzer.of({
    detectLanguage: () => english,
    terms: (text) => text.split(/\s+/u),
    queryTerms: (text) => text.split(" ").map((term, word) => ({ term, weight: 1, word }))
  })
)

const put = (number: number) =>
  ingestDocument({
    workspaceId,
    id: DocumentId.make(`doc_${number}`),
    name: "it",
    content: { kind: "text", text: `the word${number % 5} ${"the ".repeat(number % 3)}own${number}` }
  })

const search = Effect.fnUntraced(function* (words: string) {
  const terms = (yield* TextAnalyzer).queryTerms(words, english)
  const knowledge = yield* Knowledge
  const found = yield* knowledge.search(workspaceId, { knowledgeBaseIds: [DEFAULT_KNOWLEDGE_BASE], terms, limit: 100 })
  return {
    chunks: found.chunks.map(({ documentId, score }) => `${documentId} ${score.toFixed(9)}`).toSorted(),
    frequencies: found.statistics.frequencies
  }
})

const count = Effect.fnUntraced(function* (table: "posting_recent" | "posting_block" | "knowledge_term") {
  const { rows } = yield* query("test.count", (db) =>
    sql<{ readonly rows: number }>`select count(*)::integer as rows from ${sql.table(table)}`.execute(db)
  )
  return rows[0]?.rows
})

for (const [name, database] of engines) {
  const services = Layer.mergeAll(Layer.provideMerge(KnowledgeSql, database), analyzer, Ids.layer(1))
  layer(services, { timeout: "60 seconds" })(`mergeKnowledge (${name})`, (it) => {
    it.effect("changes nothing of what is found, and leaves nothing unmerged", () =>
      Effect.gen(function* () {
        for (let number = 0; number < 40; number++) yield* put(number)
        yield* mergeKnowledge
        for (let number = 40; number < 80; number++) yield* put(number)
        const before = yield* search("the word3 own7 own70")
        assert.strictEqual(before.chunks.length, 80)
        assert.deepStrictEqual([before.frequencies.get("the"), before.frequencies.get("word3")], [80, 16])
        assert.notStrictEqual(yield* count("posting_recent"), 0)
        yield* mergeKnowledge
        assert.strictEqual(yield* count("posting_recent"), 0)
        // "the" and "it" are in all 80 chunks, of which two blocks are full.
        assert.strictEqual(yield* count("posting_block"), 4)
        assert.deepStrictEqual(yield* search("the word3 own7 own70"), before)
        const knowledge = yield* Knowledge
        for (let number = 0; number < 80; number++)
          yield* knowledge.remove(workspaceId, DocumentId.make(`doc_${number}`))
        assert.deepStrictEqual([yield* count("posting_block"), yield* count("knowledge_term")], [0, 0])
      })
    )
  })
}
