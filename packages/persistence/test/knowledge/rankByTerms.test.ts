import { assert, layer } from "@effect/vitest"
import { ChunkId, DEFAULT_KNOWLEDGE_BASE, DocumentId, WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { transaction } from "../../src/index.ts"
import { mergeKnowledge } from "../../src/knowledge/mergeKnowledge.ts"
import { putDocument } from "../../src/knowledge/putDocument.ts"
import { RANK_BOUNDS } from "../../src/knowledge/rankByTerms.ts"
import { searchChunks } from "../../src/knowledge/searchChunks.ts"
import { engines } from "../../src/testing/index.ts"

const workspaceId = WorkspaceId.make("00000000-0000-4000-8000-0000000000aa")
const knowledgeBaseId = DEFAULT_KNOWLEDGE_BASE

/** Chunks with a frequent word, some less frequent ones and a rare one; blocks, latest and unmerged postings are read alike. */
const put = (document: number) => {
  const id = DocumentId.make(`doc_${document}`)
  const common = { lang: "en", url: null, sourceId: null, createdAt: new Date(0) }
  const chunks = Array.from({ length: 10 }, (_, index) => {
    const number = document * 10 + index
    const words = ["the", number % 3 === 0 ? "of" : "a", number % 2 === 0 ? "the" : "an", `word${number % 7}`]
    return {
      terms: [...words, ...Array.from({ length: number % 5 }, () => "the")],
      chunk: {
        id: ChunkId.make(`chunk_${number}`),
        documentId: id,
        documentName: "",
        documentUrl: null,
        content: "",
        lang: "en",
        enabled: true,
        source: "",
        pair: null,
        createdAt: new Date(0)
      }
    }
  })
  const content = { kind: "text", text: "" } as const
  const rest = { id, knowledgeBaseId, name: "", kind: content.kind, chunkCount: chunks.length, content }
  return transaction(putDocument(workspaceId, { ...common, ...rest }, chunks))
}

const find = Effect.fnUntraced(function* (budget: number, candidates: number) {
  const terms = ["word3", "of", "an", "the"].map((term, word) => ({ term, weight: 1, word }))
  const search = { knowledgeBaseIds: [knowledgeBaseId], terms, limit: 12 }
  const { rows } = yield* searchChunks(workspaceId, search, { budget, candidates })
  return rows
})

for (const [name, database] of engines) {
  layer(database, { timeout: "60 seconds" })(`rankByTerms (${name})`, (it) => {
    it.effect("comes to the same whether frequent terms are read in full or looked up", () =>
      Effect.gen(function* () {
        for (let document = 0; document < 8; document++) yield* put(document)
        yield* mergeKnowledge
        for (let document = 8; document < 12; document++) yield* put(document)
        const inFull = yield* find(RANK_BOUNDS.budget, RANK_BOUNDS.candidates)
        assert.strictEqual(inFull.length, 12)
        // Of the terms, 17, 40, 60 and 120 chunks have one.
        for (const budget of [20, 60, 130]) {
          const lookedUp = yield* find(budget, RANK_BOUNDS.candidates)
          assert.sameDeepMembers(lookedUp.map(digest), inFull.map(digest))
        }
      })
    )
  })
}

const digest = (row: unknown) =>
  JSON.stringify(row, (_, value: unknown) => (typeof value === "number" ? value.toFixed(9) : value))
