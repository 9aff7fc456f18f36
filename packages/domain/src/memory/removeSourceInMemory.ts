import type { SourceId } from "../ids/brands.ts"
import type { StoredKnowledge } from "./KnowledgeStore.ts"

/** Removes a source with all that was made of it; false when there is none. */
export const removeSourceInMemory = ({ documents, sources }: StoredKnowledge, id: SourceId): boolean => {
  if (!sources.delete(id)) return false
  for (const { document } of documents.values()) if (document.sourceId === id) documents.delete(document.id)
  return true
}
