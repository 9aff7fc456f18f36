import { assert, layer } from "@effect/vitest"
import { Knowledge, KnowledgeSources, DEFAULT_KNOWLEDGE_BASE } from "@butler/domain"
import { newWorkspace } from "@butler/domain/testing"
import { engines } from "@butler/persistence/testing"
import { Effect } from "effect"
import { docx, pdf } from "./support/documents.ts"
import { found, itemsOf, newSource, sync, upload, world } from "./support/world.ts"

const bytes = (text: string): Uint8Array => Buffer.from(text)

const section = (n: number) => `## Section ${n}\n\n${`Of section ${n} the text is about topic${n}. `.repeat(30)}\n\n`

for (const [name, database] of engines) {
  layer(world(database), { excludeTestServices: true, timeout: "60 seconds" })(`a file on ${name}`, (it) => {
    it.effect("is read from the parts it came in, and found", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const handbook = yield* Effect.promise(() =>
          pdf([["Page one speaks of flamingos."], ["Page two of pelicans."]])
        )
        const halves = [handbook.subarray(0, 700), handbook.subarray(700)]
        const source = yield* upload(workspaceId, { kind: "pdf", name: "Birds.pdf" }, halves)
        assert.deepStrictEqual([source.status, source.size, source.items.ready], ["ready", handbook.length, 1])
        yield* upload(workspaceId, { kind: "docx", name: "Fees.docx" }, [docx("Fees", "A platypus costs ten.", [])])
        const pairs = JSON.stringify([{ question: "多久退款？", answer: "三到五个工作日。" }])
        yield* upload(workspaceId, { kind: "pairs", name: "问答" }, [bytes(pairs)])
        assert.deepStrictEqual(yield* found(workspaceId, "pelicans"), ["Birds.pdf"])
        assert.deepStrictEqual(yield* found(workspaceId, "platypus"), ["Fees.docx"])
        assert.deepStrictEqual(yield* found(workspaceId, "退款多久"), ["问答"])
      })
    )

    it.effect("that is long becomes several documents, replaced at the next reading", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const text = Array.from({ length: 500 }, (_, n) => section(n)).join("")
        const source = yield* upload(workspaceId, { kind: "markdown", name: "Long" }, [bytes(text)])
        const list = Effect.gen(function* () {
          const query = { knowledgeBaseId: DEFAULT_KNOWLEDGE_BASE, limit: 10, after: null }
          const { documents } = yield* Knowledge.use((knowledge) => knowledge.list(workspaceId, query))
          return documents.map((document) => [document.name, document.sourceId])
        })
        const expected = [
          ["Long (2/2)", source.id],
          ["Long (1/2)", source.id]
        ]
        assert.deepStrictEqual(yield* list, expected)
        yield* sync(workspaceId, source.id)
        assert.deepStrictEqual(yield* list, expected)
      })
    )

    it.effect("that cannot be read says why, and leaves nothing", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const source = yield* upload(workspaceId, { kind: "pdf", name: "Bad.pdf" }, [bytes("no PDF at all")])
        assert.deepStrictEqual([source.status, source.error?.code], ["failed", "broken_file"])
        assert.deepStrictEqual(yield* itemsOf(workspaceId, source.id), ["Bad.pdf broken_file"])
        assert.deepStrictEqual(yield* found(workspaceId, "PDF"), [])
      })
    )

    it.effect("that has not arrived is neither shown nor read", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const sources = yield* KnowledgeSources
        const source = yield* newSource({ kind: "text", name: "Half" })
        yield* sources.open(workspaceId, source)
        yield* sources.append(workspaceId, source.id, 0, bytes("half a text"))
        const query = { knowledgeBaseId: null, limit: 10, after: null }
        assert.deepStrictEqual(yield* sources.list(workspaceId, query), [])
        yield* sources.remove(workspaceId, source.id)
        const late = yield* Effect.flip(sources.append(workspaceId, source.id, 1, bytes("late")))
        assert.strictEqual(late._tag, "SourceNotFound")
      })
    )
  })
}
