import { assert, layer } from "@effect/vitest"
import { Effect, type Layer, Option } from "effect"
import { Ids } from "../ids/Ids.ts"
import { ChunkId, DocumentId, KnowledgeBaseId, type WorkspaceId } from "../ids/brands.ts"
import type { IndexedChunk } from "../knowledge/Chunk.ts"
import type { Document } from "../knowledge/Document.ts"
import { Knowledge } from "../knowledge/Knowledge.ts"
import { DEFAULT_KNOWLEDGE_BASE, MAX_KNOWLEDGE_BASES } from "../knowledge/KnowledgeBase.ts"
import { KnowledgeBases } from "../knowledge/KnowledgeBases.ts"
import type { Workspaces } from "../workspace/Workspace.ts"
import { newWorkspace } from "./fixtures.ts"

/** Puts a document of one chunk, found by its words. */
const put = Effect.fnUntraced(function* (
  workspaceId: WorkspaceId,
  knowledgeBaseId: KnowledgeBaseId,
  name: string,
  text: string
) {
  const id = DocumentId.make(`doc_${name}`)
  const createdAt = new Date(1_700_000_000_000)
  const shown = { documentName: name, documentUrl: null, content: text, lang: "en", enabled: true, source: "test" }
  const chunks: ReadonlyArray<IndexedChunk> = [
    {
      terms: text.split(" "),
      chunk: { id: ChunkId.make(`chunk_${name}`), documentId: id, ...shown, pair: null, createdAt }
    }
  ]
  const content = { kind: "text", text } as const
  const kept = { url: null, sourceId: null, kind: content.kind, lang: "en", chunkCount: 1, createdAt, content }
  const document: Document = { id, knowledgeBaseId, name, ...kept }
  yield* (yield* Knowledge).put(workspaceId, document, chunks)
})

const search = Effect.fnUntraced(function* (
  workspaceId: WorkspaceId,
  knowledgeBaseIds: ReadonlyArray<KnowledgeBaseId>,
  text: string
) {
  const terms = text.split(" ").map((term, word) => ({ term, weight: 1, word }))
  return yield* (yield* Knowledge).search(workspaceId, { knowledgeBaseIds, terms, limit: 10 })
})

const namesOf = (found: Effect.Success<ReturnType<typeof search>>) =>
  found.chunks.map(({ documentName }) => documentName).toSorted()

type Store = Ids | Knowledge | KnowledgeBases | Workspaces

/** What every store of knowledge bases must do. */
export const knowledgeBasesContract = <E>(name: string, store: Layer.Layer<Store, E>): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`KnowledgeBases (${name})`, (it) => {
    it.effect("a workspace has a default one, and others that are made, renamed and removed", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const bases = yield* KnowledgeBases
        const shop = yield* bases.create(workspaceId, "Shop")
        const renamed = yield* bases.rename(workspaceId, shop.id, "商店")
        assert.deepStrictEqual(renamed, { ...shop, name: "商店" })
        yield* put(workspaceId, shop.id, "a", "alpha")
        const listed = yield* bases.list(workspaceId)
        assert.deepStrictEqual(
          listed.map(({ chunkCount, documentCount, id, name }) => [id, name, documentCount, chunkCount]),
          [
            [DEFAULT_KNOWLEDGE_BASE, "Default", 0, 0],
            [shop.id, "商店", 1, 1]
          ]
        )
        assert.deepStrictEqual(yield* bases.find(workspaceId, shop.id), Option.fromUndefinedOr(listed[1]))
        yield* bases.remove(workspaceId, shop.id)
        assert.isTrue(Option.isNone(yield* bases.find(workspaceId, shop.id)))
        assert.isTrue(Option.isNone(yield* (yield* Knowledge).find(workspaceId, DocumentId.make("doc_a"))))
        assert.deepStrictEqual((yield* search(workspaceId, [shop.id], "alpha")).chunks, [])
        // Whoever was given the removed one must not come to see another.
        assert.notStrictEqual((yield* bases.create(workspaceId, "Next")).id, shop.id)
      })
    )

    it.effect("the default one stays, and what is not there is not found, nor in another workspace", () =>
      Effect.gen(function* () {
        const [{ workspaceId }, other] = [yield* newWorkspace, yield* newWorkspace]
        const bases = yield* KnowledgeBases
        const { id } = yield* bases.create(workspaceId, "Mine")
        const refused = yield* Effect.flip(bases.remove(workspaceId, DEFAULT_KNOWLEDGE_BASE))
        assert.strictEqual(refused._tag, "KnowledgeBaseIsDefault")
        const notTheirs = [
          yield* Effect.flip(bases.remove(other.workspaceId, id)),
          yield* Effect.flip(bases.rename(other.workspaceId, id, "Theirs")),
          yield* Effect.flip(bases.remove(workspaceId, KnowledgeBaseId.make(30_000)))
        ]
        assert.deepStrictEqual(
          notTheirs.map(({ _tag }) => _tag),
          Array.from({ length: 3 }, () => "KnowledgeBaseNotFound")
        )
      })
    )

    it.effect("a search goes through those it is given, weighed as if they were one", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const bases = yield* KnowledgeBases
        const [one, two, three] = [
          (yield* bases.create(workspaceId, "One")).id,
          (yield* bases.create(workspaceId, "Two")).id,
          (yield* bases.create(workspaceId, "Three")).id
        ]
        const texts = ["refund of an order", "the order", "refund refund", "order of the shop"]
        yield* Effect.forEach(texts, (text, index) => put(workspaceId, index % 2 === 0 ? one : two, `n${index}`, text))
        yield* put(workspaceId, three, "apart", "refund order")
        assert.deepStrictEqual(namesOf(yield* search(workspaceId, [one], "refund order")), ["n0", "n2"])
        const both = yield* search(workspaceId, [one, two], "refund order")
        assert.deepStrictEqual(namesOf(both), ["n0", "n1", "n2", "n3"])
        assert.strictEqual(both.statistics.chunkCount, 4)
        assert.deepStrictEqual([...both.statistics.frequencies].toSorted(), [
          ["order", 3],
          ["refund", 2]
        ])
        const together = yield* newWorkspace
        yield* Effect.forEach(texts, (text, index) =>
          put(together.workspaceId, DEFAULT_KNOWLEDGE_BASE, `n${index}`, text)
        )
        const scores = (found: typeof both) =>
          found.chunks.map(({ documentName, score }) => `${documentName} ${score.toFixed(9)}`).toSorted()
        const expected = yield* search(together.workspaceId, [DEFAULT_KNOWLEDGE_BASE], "refund order")
        assert.deepStrictEqual(scores(both), scores(expected))
      })
    )

    it.effect("a document put into another one leaves the first", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const { id } = yield* (yield* KnowledgeBases).create(workspaceId, "Other")
        yield* put(workspaceId, DEFAULT_KNOWLEDGE_BASE, "a", "alpha")
        yield* put(workspaceId, id, "a", "alpha beta")
        const before = yield* search(workspaceId, [DEFAULT_KNOWLEDGE_BASE], "alpha")
        assert.deepStrictEqual(before.chunks, [])
        assert.deepStrictEqual(namesOf(yield* search(workspaceId, [id], "alpha")), ["a"])
        const query = { knowledgeBaseId: DEFAULT_KNOWLEDGE_BASE, limit: 10, after: null }
        assert.deepStrictEqual((yield* (yield* Knowledge).list(workspaceId, query)).documents, [])
      })
    )

    it.effect("there are at most so many", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const bases = yield* KnowledgeBases
        const create = Effect.exit(bases.create(workspaceId, "One more"))
        const made = yield* Effect.all(
          Array.from({ length: MAX_KNOWLEDGE_BASES + 3 }, () => create),
          { concurrency: 8 }
        )
        assert.strictEqual(made.filter(({ _tag }) => _tag === "Success").length, MAX_KNOWLEDGE_BASES - 1)
        assert.strictEqual((yield* bases.list(workspaceId)).length, MAX_KNOWLEDGE_BASES)
      })
    )
  })
