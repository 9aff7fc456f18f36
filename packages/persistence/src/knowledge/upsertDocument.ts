import type { Document, WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { sql } from "kysely"
import { query } from "../database/query.ts"
import { KNOWLEDGE_BASE } from "./knowledgeBase.ts"

interface UpsertedDocument {
  readonly createdAt: Date
  readonly isReplaced: boolean
}

/** Stores the document; one of the same id is `isReplaced` and keeps its place and its date. */
export const upsertDocument = (workspaceId: WorkspaceId, document: Document, sequence: string) =>
  query("knowledge.upsertDocument", (db) =>
    sql<UpsertedDocument>`
      insert into document
        (workspace_id, id, knowledge_base_id, sequence, name, lang, content, chunk_count, created_at)
      values (
        ${workspaceId}, ${document.id}, ${KNOWLEDGE_BASE}, ${sequence}, ${document.name}, ${document.lang},
        ${document.content}, ${document.chunkCount}, ${document.createdAt}
      )
      on conflict on constraint document_pkey do update set
        name = excluded.name, lang = excluded.lang, content = excluded.content, chunk_count = excluded.chunk_count
      returning created_at as "createdAt", xmax <> 0 as "isReplaced"
    `.execute(db)
  ).pipe(
    Effect.flatMap(({ rows: [row] }) => (row === undefined ? Effect.die("no document stored") : Effect.succeed(row)))
  )
