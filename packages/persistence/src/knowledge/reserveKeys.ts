import type { WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { sql } from "kysely"
import { query } from "../database/query.ts"
import { KNOWLEDGE_BASE } from "./knowledgeBase.ts"

interface ReservedKeys {
  readonly sequence: string
  readonly lastChunkKey: number
}

/**
 * Numbers for a document and its chunks. It locks the knowledge base until the transaction ends: all that change an index come
 * here first, so they wait for one another instead of running into a deadlock over terms.
 */
export const reserveKeys = (workspaceId: WorkspaceId, chunks: number) =>
  query("knowledge.reserveKeys", (db) =>
    sql<ReservedKeys>`
      insert into knowledge_base as base (workspace_id, knowledge_base_id, last_document_sequence, last_chunk_key)
      values (${workspaceId}, ${KNOWLEDGE_BASE}, 1, ${chunks})
      on conflict on constraint knowledge_base_pkey do update set
        last_document_sequence = base.last_document_sequence + 1,
        last_chunk_key = base.last_chunk_key + ${chunks}
      returning last_document_sequence as "sequence", last_chunk_key as "lastChunkKey"
    `.execute(db)
  ).pipe(
    Effect.flatMap(({ rows: [keys] }) => (keys === undefined ? Effect.die("no keys reserved") : Effect.succeed(keys)))
  )
