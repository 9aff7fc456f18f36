import type { Document, WorkspaceId } from "@butler/domain"
import { sql } from "kysely"
import { query } from "../database/query.ts"
import type { KeyedChunk } from "./keyedChunk.ts"

/** Stores a document's chunks with the terms the index holds of each. */
export const insertChunks = (
  workspaceId: WorkspaceId,
  { id, knowledgeBaseId }: Document,
  keyed: ReadonlyArray<KeyedChunk>
) => {
  const rows = keyed.map(({ key, chunk, counts, length }) => ({
    key,
    id: chunk.id,
    content: chunk.content,
    lang: chunk.lang,
    enabled: chunk.enabled,
    source: chunk.source,
    pair: chunk.pair,
    length,
    terms: [...counts.keys()],
    createdAt: chunk.createdAt
  }))
  return query("knowledge.insertChunks", (db) =>
    sql`
      insert into chunk
        (workspace_id, knowledge_base_id, key, id, document_id, content, lang, enabled, source, pair, length, terms, created_at)
      select ${workspaceId}::uuid, ${knowledgeBaseId}::smallint, key, id, ${id}::text, content, lang, enabled, source,
        nullif(pair, 'null'), length, terms, "createdAt"
      from jsonb_to_recordset(${{ rows }}::jsonb -> 'rows') as row (
        key integer, id text, content text, lang text, enabled boolean, source text, pair jsonb, length smallint,
        terms text[], "createdAt" timestamptz
      )
    `.execute(db)
  )
}
