import type { DocumentId, KnowledgeBaseId, SourceId, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"

/** Some of a source's documents. */
export const documentsOf = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  id: SourceId,
  limit: number
): Promise<ReadonlyArray<DocumentId>> => {
  const { rows } = await sql<{ readonly id: DocumentId }>`
    select id from document where workspace_id = ${workspaceId} and source_id = ${id} limit ${limit}`.execute(db)
  return rows.map((row) => row.id)
}

/** Waits for whoever is about to store a document of one of them. */
export const deleteItemsOf = (db: Kysely<DB>, workspaceId: WorkspaceId, ids: ReadonlyArray<SourceId>) =>
  sql`delete from knowledge_source_item where workspace_id = ${workspaceId} and source_id = any(${ids}::text[])`.execute(
    db
  )

/** Sources whose items and documents are gone, with their files and lanes. */
export const deleteSources = (db: Kysely<DB>, workspaceId: WorkspaceId, ids: ReadonlyArray<SourceId>) =>
  sql`
    with files as (
      delete from knowledge_file where workspace_id = ${workspaceId} and source_id = any(${ids}::text[])
    ), job_lanes as (
      delete from lane where workspace_id = ${workspaceId} and kind = 'ingestion' and key = any(${ids}::text[])
    )
    delete from knowledge_source where workspace_id = ${workspaceId} and id = any(${ids}::text[])`.execute(db)

export const sourcesIn = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  knowledgeBaseId: KnowledgeBaseId
): Promise<ReadonlyArray<SourceId>> => {
  const { rows } = await sql<{ readonly id: SourceId }>`
    select id from knowledge_source
    where workspace_id = ${workspaceId} and knowledge_base_id = ${knowledgeBaseId}`.execute(db)
  return rows.map((row) => row.id)
}
