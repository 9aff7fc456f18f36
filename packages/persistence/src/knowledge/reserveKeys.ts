import { DEFAULT_KNOWLEDGE_BASE, type KnowledgeBaseId, KnowledgeBaseNotFound, type WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { sql } from "kysely"
import { query } from "../database/query.ts"
import { byIndex } from "./byIndex.ts"

interface ReservedKeys {
  readonly sequence: string
  readonly lastChunkKey: number
}

/** The default knowledge base is there as soon as something is put into it. */
const ensureDefault = (workspaceId: WorkspaceId) =>
  query("knowledge.ensureDefault", (db) =>
    sql`
      insert into knowledge_base (workspace_id, knowledge_base_id) values (${workspaceId}, ${DEFAULT_KNOWLEDGE_BASE})
      on conflict on constraint knowledge_base_pkey do nothing
    `.execute(db)
  )

const reserve = (workspaceId: WorkspaceId, knowledgeBaseId: KnowledgeBaseId, chunks: number) =>
  query("knowledge.reserveKeys", (db) =>
    sql<ReservedKeys>`
      update knowledge_base set
        last_document_sequence = last_document_sequence + 1, last_chunk_key = last_chunk_key + ${chunks}
      where workspace_id = ${workspaceId} and knowledge_base_id = ${knowledgeBaseId}
      returning last_document_sequence as "sequence", last_chunk_key as "lastChunkKey", ${byIndex}
    `.execute(db)
  ).pipe(Effect.map(({ rows: [keys] }) => keys))

/**
 * Numbers for a document and its chunks. It locks the knowledge base until the transaction ends: all that change an index come
 * here first, so they wait for one another instead of running into a deadlock over terms.
 */
export const reserveKeys = Effect.fnUntraced(function* (
  workspaceId: WorkspaceId,
  knowledgeBaseId: KnowledgeBaseId,
  chunks: number
) {
  const keys = yield* reserve(workspaceId, knowledgeBaseId, chunks)
  if (keys !== undefined) return keys
  if (knowledgeBaseId !== DEFAULT_KNOWLEDGE_BASE) return yield* new KnowledgeBaseNotFound({ knowledgeBaseId })
  yield* ensureDefault(workspaceId)
  const made = yield* reserve(workspaceId, knowledgeBaseId, chunks)
  return made ?? (yield* Effect.die("the default knowledge base was not made"))
})
