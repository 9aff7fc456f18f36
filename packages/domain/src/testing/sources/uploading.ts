import { assert } from "@effect/vitest"
import { Effect, Option } from "effect"
import { KnowledgeBaseId } from "../../ids/brands.ts"
import { Ingestion } from "../../knowledge/Ingestion.ts"
import { KnowledgeBases } from "../../knowledge/KnowledgeBases.ts"
import { KnowledgeSources, UPLOAD_MS } from "../../knowledge/KnowledgeSources.ts"
import { newWorkspace, type Tests } from "../fixtures.ts"
import { claimSource, claimSources, type Elapse, file, MINUTE_MS, type SourceStore } from "./fixtures.ts"

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Files arrive part by part, and are shown and read once they are there. */
export const uploading = <R>(it: Tests<R | SourceStore>, elapse: Elapse<R>): void => {
  it.effect("a file is neither shown nor read before it is submitted, and has its parts then", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const [ingestion, sources] = [yield* Ingestion, yield* KnowledgeSources]
      const { id: knowledgeBaseId } = yield* KnowledgeBases.use((bases) => bases.create(workspaceId, "Files"))
      const opened = yield* file()
      const { id } = opened
      yield* sources.open(workspaceId, opened)
      yield* sources.append(workspaceId, id, 0, bytesOf("hello "))
      yield* sources.append(workspaceId, id, 1, bytesOf("world"))
      const query = { knowledgeBaseId: null, limit: 10, after: null }
      assert.deepStrictEqual(yield* sources.list(workspaceId, query), [])
      assert.deepStrictEqual(yield* sources.find(workspaceId, id), Option.none())
      assert.strictEqual((yield* Effect.flip(sources.sync(workspaceId, id)))._tag, "SourceNotFound")
      assert.deepStrictEqual(yield* claimSources(workspaceId), [])

      const submitted = { kind: "markdown", name: "notes.md", knowledgeBaseId, size: 11 } as const
      const missing = { ...submitted, knowledgeBaseId: KnowledgeBaseId.make(30_000) }
      assert.strictEqual((yield* Effect.flip(sources.submit(workspaceId, id, missing)))._tag, "KnowledgeBaseNotFound")
      const shown = yield* sources.submit(workspaceId, id, submitted)
      assert.include(shown, { ...submitted, id, status: "queued" })
      assert.deepStrictEqual(yield* sources.find(workspaceId, id), Option.some(shown))
      const late = [
        yield* Effect.flip(sources.submit(workspaceId, id, submitted)),
        yield* Effect.flip(sources.append(workspaceId, id, 2, bytesOf("!")))
      ]
      assert.deepStrictEqual(
        late.map(({ _tag }) => _tag),
        ["SourceNotFound", "SourceNotFound"]
      )
      const work = yield* claimSource(workspaceId)
      assert.include(work, { task: "read" })
      assert.include(work.source, { kind: "markdown", name: "notes.md", knowledgeBaseId, size: 11, url: null })
      const parts = yield* Effect.forEach([0, 1, 2], (part) => ingestion.filePart(work, part))
      assert.deepStrictEqual(
        parts.map((part) => Option.getOrNull(Option.map(part, (bytes) => new TextDecoder().decode(bytes)))),
        ["hello ", "world", null]
      )
    })
  )

  it.effect("removes a file that never arrived", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const [ingestion, sources] = [yield* Ingestion, yield* KnowledgeSources]
      const opened = yield* file()
      yield* sources.open(workspaceId, opened)
      yield* sources.append(workspaceId, opened.id, 0, bytesOf("half"))
      yield* elapse(opened.id, UPLOAD_MS - MINUTE_MS)
      assert.deepStrictEqual(yield* claimSources(workspaceId), [])
      yield* elapse(opened.id, MINUTE_MS)
      const work = yield* claimSource(workspaceId)
      assert.strictEqual(work.task, "remove")
      assert.isTrue(Option.isSome(yield* ingestion.filePart(work, 0)))
      yield* ingestion.removeSource(work)
      assert.isTrue(Option.isNone(yield* ingestion.filePart(work, 0)))
      const late = yield* Effect.flip(sources.append(workspaceId, opened.id, 1, bytesOf("late")))
      assert.strictEqual(late._tag, "SourceNotFound")
      yield* elapse(opened.id, UPLOAD_MS)
      assert.deepStrictEqual(yield* claimSources(workspaceId), [])
    })
  )
}
