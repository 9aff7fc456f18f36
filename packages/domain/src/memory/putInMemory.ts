import { Result } from "effect"
import type { IndexedChunk } from "../knowledge/Chunk.ts"
import type { Document } from "../knowledge/Document.ts"
import { ChunkIdTaken } from "../knowledge/Knowledge.ts"
import { KnowledgeBaseNotFound } from "../knowledge/KnowledgeBase.ts"
import type { StoredKnowledge } from "./KnowledgeStore.ts"

const isTaken = ({ documents }: StoredKnowledge, { id }: Document, chunks: ReadonlyArray<IndexedChunk>): boolean => {
  const ids = new Set(chunks.map(({ chunk }) => chunk.id))
  const others = documents.values().filter(({ document }) => document.id !== id)
  return ids.size < chunks.length || others.some((other) => other.chunks.some(({ chunk }) => ids.has(chunk.id)))
}

/** Stores a document with its chunks, or replaces it; answers what is stored. */
export const putInMemory = (
  stored: StoredKnowledge,
  document: Document,
  chunks: ReadonlyArray<IndexedChunk>
): Result.Result<Document, ChunkIdTaken | KnowledgeBaseNotFound> => {
  const { id, knowledgeBaseId } = document
  if (!stored.bases.has(knowledgeBaseId)) return Result.fail(new KnowledgeBaseNotFound({ knowledgeBaseId }))
  if (isTaken(stored, document, chunks)) return Result.fail(new ChunkIdTaken({ documentId: id }))
  const old = stored.documents.get(id)
  const placed = old?.document.knowledgeBaseId === knowledgeBaseId ? old.sequence : ++stored.lastSequence
  const kept = { ...document, createdAt: old?.document.createdAt ?? document.createdAt }
  stored.documents.set(id, { document: kept, sequence: placed, chunks })
  return Result.succeed(kept)
}
