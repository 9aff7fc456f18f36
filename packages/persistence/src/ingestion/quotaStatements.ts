import type { SourceWork, WorkspaceId } from "@butler/domain"
import { type Kysely, type RawBuilder, sql } from "kysely"
import type { DB } from "../database/tables.ts"

/** Of a workspace's web sources, each of which counts from the moment it is added. */
const pages = (workspaceId: WorkspaceId, but: string | null): RawBuilder<number> => sql`(
  select coalesce(sum(greatest(1, n.items)), 0) from knowledge_source s
  cross join lateral (
    select count(*) as items from knowledge_source_item i
    where i.workspace_id = s.workspace_id and i.source_id = s.id
  ) n
  where s.workspace_id = ${workspaceId}::uuid and s.url is not null and s.removed_at is null
    and s.id is distinct from ${but}::text
)`

/** How many pages of the web a workspace reads, or is to. */
export const countLinks = async (db: Kysely<DB>, workspaceId: WorkspaceId): Promise<number> => {
  const { rows } = await sql<{ readonly count: number }>`select ${pages(workspaceId, null)}::integer as count`.execute(
    db
  )
  return rows[0]?.count ?? 0
}

/** How many sources are no pages of the web, those that have not arrived yet among them. */
export const countFiles = async (db: Kysely<DB>, workspaceId: WorkspaceId): Promise<number> => {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::integer as count from knowledge_source
    where workspace_id = ${workspaceId}::uuid and url is null and removed_at is null`.execute(db)
  return rows[0]?.count ?? 0
}

/** How many pages a source may have when its workspace may have `quota`. */
export const pagesOfSource = ({ source, workspaceId }: SourceWork, quota: number): RawBuilder<number> =>
  sql`(${quota}::bigint - ${pages(workspaceId, source.id)})`
