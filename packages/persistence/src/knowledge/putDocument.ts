import type { Document, IndexedChunk, WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { chunkRows } from "./chunkRows.ts"
import { countTerms } from "./countTerms.ts"
import { indexChunks } from "./indexChunks.ts"
import { indexEntries } from "./indexEntries.ts"
import { insertChunks } from "./insertChunks.ts"
import { mergeRecent } from "./mergeRecent.ts"
import { removeChunks } from "./removeChunks.ts"
import { reserveKeys } from "./reserveKeys.ts"
import { upsertDocument } from "./upsertDocument.ts"

/** So many are merged at once: those of some 30 Chinese documents of 8 chunks. Every search looks through what is not merged. */
const MOST_RECENT = 100_000

/**
 * Stores a document with its chunks and the index over them, or replaces it, within a transaction. All is prepared before the
 * knowledge base is locked, so that documents that come at once are prepared while another one is stored.
 */
export const putDocument = Effect.fnUntraced(function* (
  workspaceId: WorkspaceId,
  document: Document,
  chunks: ReadonlyArray<IndexedChunk>
) {
  const counted = chunks.map(countTerms)
  const rows = chunkRows(counted)
  const entries = indexEntries(counted)
  const { lastChunkKey, sequence } = yield* reserveKeys(workspaceId, document.knowledgeBaseId, chunks.length)
  const firstKey = lastChunkKey - chunks.length + 1
  const { createdAt, isReplaced } = yield* upsertDocument(workspaceId, document, sequence)
  if (isReplaced) yield* removeChunks(workspaceId, [document.id])
  yield* insertChunks(workspaceId, document, firstKey, rows)
  if (entries.chunkCount > 0) {
    const recent = yield* indexChunks(workspaceId, document.knowledgeBaseId, firstKey, entries)
    if (recent > MOST_RECENT) yield* mergeRecent(workspaceId, document.knowledgeBaseId)
  }
  return { ...document, createdAt }
})
