import type { Document, WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { sql } from "kysely"
import { query } from "../database/query.ts"

interface UpsertedDocument {
  readonly createdAt: Date
  readonly isReplaced: boolean
}

/** Stores the document; one of the same id is `isReplaced` and keeps its date, and its place in its knowledge base. */
export const upsertDocument = (workspaceId: WorkspaceId, document: Document, sequence: string) =>
  query("knowledge.upsertDocument", (db) =>
    sql<UpsertedDocument>`
      insert into document
        (workspace_id, id, knowledge_base_id, sequence, name, url, source_id, lang, content, chunk_count, created_at)
      values (
        ${workspaceId}, ${document.id}, ${document.knowledgeBaseId}, ${sequence}, ${document.name}, ${document.url},
        ${document.sourceId}, ${document.lang}, ${document.content}, ${document.chunkCount}, ${document.createdAt}
      )
      on conflict on constraint document_pkey do update set
        knowledge_base_id = excluded.knowledge_base_id,
        sequence = case when document.knowledge_base_id = excluded.knowledge_base_id
          then document.sequence else excluded.sequence end,
        name = excluded.name, url = excluded.url, source_id = excluded.source_id, lang = excluded.lang, content = excluded.content, chunk_count = excluded.chunk_count
      returning created_at as "createdAt", xmax <> 0 as "isReplaced"
    `.execute(db)
  ).pipe(
    Effect.flatMap(({ rows: [row] }) => (row === undefined ? Effect.die("no document stored") : Effect.succeed(row)))
  )
