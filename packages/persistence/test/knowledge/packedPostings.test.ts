import { assert, it } from "@effect/vitest"
import { Knowledge, WorkspaceId, DEFAULT_KNOWLEDGE_BASE, DocumentId } from "@butler/domain"
import { Effect, Layer } from "effect"
import { sql } from "kysely"
import { PgliteDatabase, query } from "../../src/index.ts"
import { KnowledgeSql } from "../../src/knowledge/KnowledgeSql.ts"
import { upgrade } from "../support/upgrade.ts"

const workspaceId = WorkspaceId.make("00000000-0000-4000-8000-0000000000bb")

/** Two documents as they were stored before: 100 chunks with "the" (every third one twice), of which 10 have a word of their own. */
const statements = [
  `insert into knowledge_base (workspace_id, knowledge_base_id, chunk_count, total_length, last_document_sequence, last_chunk_key)
   values ('${workspaceId}', 1, 100, 300, 2, 100)`,
  `insert into document (workspace_id, id, knowledge_base_id, sequence, name, lang, content, chunk_count, created_at)
   select '${workspaceId}', 'doc_' || n, 1, n, 'old', 'en', '{"kind": "text", "text": "old"}', 50, now() from generate_series(1, 2) n`,
  `insert into chunk (workspace_id, knowledge_base_id, key, id, document_id, content, lang, enabled, source, length, terms, created_at)
   select '${workspaceId}', 1, n, 'chunk_' || n, 'doc_' || (n + 49) / 50, 'old', 'en', true, 'knowledge_base', 3,
     case when n % 10 = 0 then array['the', 'tenth'] else array['the'] end, now()
   from generate_series(1, 100) n`,
  `insert into posting (workspace_id, knowledge_base_id, term, chunk_key, occurrences, length)
   select '${workspaceId}'::uuid, 1, 'the', n, case when n % 3 = 0 then 2 else 1 end, 3 from generate_series(1, 100) n
   union all
   select '${workspaceId}'::uuid, 1, 'tenth', n, 1, 3 from generate_series(10, 100, 10) n`,
  `insert into knowledge_term (workspace_id, knowledge_base_id, term, frequency)
   select workspace_id, knowledge_base_id, term, count(*) from posting group by 1, 2, 3`
]

const search = Effect.fnUntraced(function* (words: string) {
  const terms = words.split(" ").map((term, word) => ({ term, weight: 1, word }))
  const found = yield* (yield* Knowledge).search(workspaceId, {
    knowledgeBaseIds: [DEFAULT_KNOWLEDGE_BASE],
    terms,
    limit: 200
  })
  return { ids: found.chunks.map(({ id }) => id), frequencies: found.statistics.frequencies }
})

it.live("knowledge of an earlier version is found, replaced and removed like any other", () =>
  Effect.gen(function* () {
    yield* upgrade("0027", statements)
    const tenths = Array.from({ length: 10 }, (_, index) => `chunk_${(index + 1) * 10}`)
    assert.sameMembers([...(yield* search("tenth")).ids], tenths)
    const { frequencies, ids } = yield* search("the")
    assert.strictEqual(ids.length, 100)
    assert.strictEqual(frequencies.get("the"), 100)
    // Those that have it twice are the best.
    assert.isTrue(ids.slice(0, 33).every((id) => Number(id.slice(6)) % 3 === 0))
    const knowledge = yield* Knowledge
    yield* knowledge.remove(workspaceId, DocumentId.make("doc_1"))
    const left = yield* search("the tenth")
    assert.strictEqual(left.ids.length, 50)
    assert.deepStrictEqual([left.frequencies.get("the"), left.frequencies.get("tenth")], [50, 5])
    yield* knowledge.remove(workspaceId, DocumentId.make("doc_2"))
    assert.deepStrictEqual((yield* search("the tenth")).ids, [])
    const { rows } = yield* query("test.left", (db) =>
      sql`select term from knowledge_term union all select term from posting_block`.execute(db)
    )
    assert.deepStrictEqual(rows, [])
  }).pipe(Effect.provide(KnowledgeSql.pipe(Layer.provideMerge(PgliteDatabase.layerMemory()))))
)
