import type { NewDocument } from "@butler/contracts"
import { type DocumentContent, ingestDocument, type WorkspaceId } from "@butler/domain"
import { Effect } from "effect"

const contentOf = ({ pairs, text }: NewDocument): DocumentContent =>
  pairs === undefined ? { kind: "text", text: text ?? "" } : { kind: "pairs", pairs }

/** Stores a document under ids of our own making, so that none of them can be taken. */
export const createDocument = Effect.fn("createDocument")(function* (workspaceId: WorkspaceId, document: NewDocument) {
  const { knowledgeBaseId, name } = document
  const ingested = ingestDocument({
    workspaceId,
    name,
    content: contentOf(document),
    ...(knowledgeBaseId !== undefined && { knowledgeBaseId })
  })
  return yield* Effect.catchTag(ingested, "ChunkIdTaken", Effect.die)
})
