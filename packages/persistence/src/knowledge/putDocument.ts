import type { Document, IndexedChunk, WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { indexChunks } from "./indexChunks.ts"
import { insertChunks } from "./insertChunks.ts"
import { keyChunk } from "./keyedChunk.ts"
import { removeChunks } from "./removeChunks.ts"
import { reserveKeys } from "./reserveKeys.ts"
import { upsertDocument } from "./upsertDocument.ts"

/** Stores a document with its chunks and the index over them, or replaces it, within a transaction. */
export const putDocument = Effect.fnUntraced(function* (
  workspaceId: WorkspaceId,
  document: Document,
  chunks: ReadonlyArray<IndexedChunk>
) {
  const { lastChunkKey, sequence } = yield* reserveKeys(workspaceId, document.knowledgeBaseId, chunks.length)
  const keyed = chunks.map((chunk, index) => keyChunk(chunk, lastChunkKey - chunks.length + 1 + index))
  const { createdAt, isReplaced } = yield* upsertDocument(workspaceId, document, sequence)
  if (isReplaced) yield* removeChunks(workspaceId, [document.id])
  yield* insertChunks(workspaceId, document, keyed)
  const enabled = keyed.filter(({ chunk }) => chunk.enabled)
  if (enabled.length > 0) yield* indexChunks(workspaceId, document.knowledgeBaseId, enabled)
  return { ...document, createdAt }
})
