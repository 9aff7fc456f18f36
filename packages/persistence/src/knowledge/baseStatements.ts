import { type KnowledgeBase, type KnowledgeBaseId, MAX_KNOWLEDGE_BASES, type WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"

const columns = sql`
  base.knowledge_base_id as id, base.name, base.chunk_count as "chunkCount", base.created_at as "createdAt",
  (
    select count(*)::integer from document
    where document.workspace_id = base.workspace_id and document.knowledge_base_id = base.knowledge_base_id
  ) as "documentCount"`

/** The workspace's next number; its row makes those who come at once wait for one another. */
export const nextBaseId = async (db: Kysely<DB>, workspaceId: WorkspaceId): Promise<KnowledgeBaseId | undefined> => {
  const { rows } = await sql<{ readonly id: KnowledgeBaseId }>`
    update workspace set last_knowledge_base_id = last_knowledge_base_id + 1
    where workspace_id = ${workspaceId} and last_knowledge_base_id < 32767
    returning last_knowledge_base_id as id`.execute(db)
  return rows[0]?.id
}

/** Nothing when the workspace has as many as it may have. */
export const insertBase = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  id: KnowledgeBaseId,
  name: string
): Promise<KnowledgeBase | undefined> => {
  const { rows } = await sql<KnowledgeBase>`
    with base as (
      insert into knowledge_base (workspace_id, knowledge_base_id, name)
      select ${workspaceId}::uuid, ${id}::smallint, ${name}
      where (select count(*) from knowledge_base where workspace_id = ${workspaceId}) < ${MAX_KNOWLEDGE_BASES}
      returning *
    )
    select ${columns} from base`.execute(db)
  return rows[0]
}

export const listBases = async (db: Kysely<DB>, workspaceId: WorkspaceId): Promise<ReadonlyArray<KnowledgeBase>> => {
  const { rows } = await sql<KnowledgeBase>`
    select ${columns} from knowledge_base base where base.workspace_id = ${workspaceId}
    order by base.knowledge_base_id`.execute(db)
  return rows
}

export const findBase = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  id: KnowledgeBaseId
): Promise<KnowledgeBase | undefined> => {
  const { rows } = await sql<KnowledgeBase>`
    select ${columns} from knowledge_base base
    where base.workspace_id = ${workspaceId} and base.knowledge_base_id = ${id}`.execute(db)
  return rows[0]
}

export const renameBase = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  id: KnowledgeBaseId,
  name: string
): Promise<KnowledgeBase | undefined> => {
  const { rows } = await sql<KnowledgeBase>`
    with base as (
      update knowledge_base set name = ${name} where workspace_id = ${workspaceId} and knowledge_base_id = ${id}
      returning *
    )
    select ${columns} from base`.execute(db)
  return rows[0]
}

/** Its row, locked until the transaction ends; false when there is none. */
export const lockBase = async (db: Kysely<DB>, workspaceId: WorkspaceId, id: KnowledgeBaseId): Promise<boolean> => {
  const { rows } = await sql`
    select from knowledge_base where workspace_id = ${workspaceId} and knowledge_base_id = ${id} for update`.execute(db)
  return rows.length > 0
}

/** All that is in a locked knowledge base; its row comes last, so that nothing refers to what is gone. */
export const deleteBase = async (db: Kysely<DB>, workspaceId: WorkspaceId, id: KnowledgeBaseId): Promise<void> => {
  const inBase = sql`workspace_id = ${workspaceId} and knowledge_base_id = ${id}`
  await sql`delete from posting_recent where ${inBase}`.execute(db)
  await sql`delete from posting_block where ${inBase}`.execute(db)
  await sql`delete from knowledge_term where ${inBase}`.execute(db)
  await sql`delete from chunk where ${inBase}`.execute(db)
  await sql`delete from document where ${inBase}`.execute(db)
  await sql`delete from knowledge_base where ${inBase}`.execute(db)
}
