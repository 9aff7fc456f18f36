import type { Document, WorkspaceId } from "@butler/domain"
import { sql } from "kysely"
import { query } from "../database/query.ts"

/** Stores a document's chunks (`chunkRows`), numbered from the first key on, with the terms the index holds of each. */
export const insertChunks = (
  workspaceId: WorkspaceId,
  { id, knowledgeBaseId }: Document,
  firstKey: number,
  rows: string
) =>
  query("knowledge.insertChunks", (db) =>
    sql`
      insert into chunk
        (workspace_id, knowledge_base_id, key, id, document_id, content, lang, enabled, source, pair, length, terms, created_at)
      select ${workspaceId}::uuid, ${knowledgeBaseId}::smallint, ${firstKey}::integer + place, id, ${id}::text, content, lang,
        enabled, source, nullif(pair, 'null'), length, terms, "createdAt"
      from jsonb_to_recordset(${rows}::text::jsonb) as row (
        place integer, id text, content text, lang text, enabled boolean, source text, pair jsonb, length smallint,
        terms text[], "createdAt" timestamptz
      )
    `.execute(db)
  )
