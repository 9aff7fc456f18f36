import type { BrandId, WorkspaceId } from "@butler/domain"
import { type Kysely, type RawBuilder, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"

export interface BrandRow {
  readonly id: BrandId
  readonly name: string
  readonly content: unknown
  readonly resend_api_key: string | null
  readonly created_at: Date
  readonly updated_at: Date
}

/** A brand as it is stored. */
export interface StoredBrand {
  readonly workspaceId: WorkspaceId
  readonly id: BrandId
  readonly name: string
  readonly content: unknown
  readonly resendApiKey: string | null
}

const columns = sql`id, name, content, resend_api_key, created_at, updated_at`

export const insertBrand = (db: Kysely<DB>, { content, id, name, resendApiKey, workspaceId }: StoredBrand) =>
  sql<BrandRow>`
    insert into brand (workspace_id, id, name, content, resend_api_key)
    values (${workspaceId}::uuid, ${id}::bigint, ${name}::text, ${json(content)}, ${resendApiKey}::text)
    returning ${columns}`.execute(db)

/** Ids grow with time. */
export const listBrands = (db: Kysely<DB>, workspaceId: WorkspaceId) =>
  sql<BrandRow>`select ${columns} from brand where workspace_id = ${workspaceId}::uuid order by id`.execute(db)

const select = (db: Kysely<DB>, workspaceId: WorkspaceId, id: BrandId, lock: RawBuilder<unknown>) =>
  sql<BrandRow>`
    select ${columns} from brand where workspace_id = ${workspaceId}::uuid and id = ${id}::bigint ${lock}`.execute(db)

export const findBrand = (db: Kysely<DB>, workspaceId: WorkspaceId, id: BrandId) => select(db, workspaceId, id, sql``)

/** As `findBrand`, holding other changes off. */
export const lockBrand = (db: Kysely<DB>, workspaceId: WorkspaceId, id: BrandId) =>
  select(db, workspaceId, id, sql`for no key update`)

export const updateBrand = (db: Kysely<DB>, { content, id, name, resendApiKey, workspaceId }: StoredBrand) =>
  sql<BrandRow>`
    update brand set
      name = ${name}::text, content = ${json(content)}, resend_api_key = ${resendApiKey}::text,
      updated_at = clock_timestamp()
    where workspace_id = ${workspaceId}::uuid and id = ${id}::bigint
    returning ${columns}`.execute(db)

export const deleteBrand = (db: Kysely<DB>, workspaceId: WorkspaceId, id: BrandId) =>
  sql`delete from brand where workspace_id = ${workspaceId}::uuid and id = ${id}::bigint returning id`.execute(db)
