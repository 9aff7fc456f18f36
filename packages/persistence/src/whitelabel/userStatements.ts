import type {
  ApiKeyId,
  BrandId,
  BrandPlace,
  NewWhitelabelUser,
  WhitelabelUserId,
  WhitelabelUserPlace,
  WorkspaceId
} from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"

export interface UserRow {
  readonly id: WhitelabelUserId
  readonly brand_id: BrandId
  readonly email: string
  readonly user_workspace_id: WorkspaceId
  readonly api_key_id: ApiKeyId | null
  readonly api_key: string | null
  readonly created_at: Date
  readonly updated_at: Date
}

const columns = sql`
  u.id, u.brand_id, u.email, u.user_workspace_id, u.api_key_id, u.api_key, u.created_at, u.updated_at`

export const insertUser = async (
  db: Kysely<DB>,
  { brandId, workspaceId }: BrandPlace,
  user: NewWhitelabelUser
): Promise<UserRow | undefined> => {
  const { rows } = await sql<UserRow>`
    insert into whitelabel_user as u (workspace_id, id, brand_id, email, user_workspace_id)
    values (${workspaceId}::uuid, ${user.id}::bigint, ${brandId}::bigint, ${user.email}::text, ${user.workspaceId}::uuid)
    returning ${columns}`.execute(db)
  return rows[0]
}

/** No row when there is no such brand; one without an id when the brand has no such user. */
export const findUser = async (
  db: Kysely<DB>,
  { brandId, userId, workspaceId }: WhitelabelUserPlace
): Promise<UserRow | { readonly id: null } | undefined> => {
  const { rows } = await sql<UserRow | { readonly id: null }>`
    select ${columns}
    from brand b
    left join whitelabel_user u on u.workspace_id = b.workspace_id and u.brand_id = b.id and u.id = ${userId}::bigint
    where b.workspace_id = ${workspaceId}::uuid and b.id = ${brandId}::bigint`.execute(db)
  return rows[0]
}

/** Marks a user as changed, and holds other changes off for the rest of the transaction. */
export const touchUser = async (
  db: Kysely<DB>,
  { brandId, userId, workspaceId }: WhitelabelUserPlace
): Promise<UserRow | undefined> => {
  const { rows } = await sql<UserRow>`
    update whitelabel_user u set updated_at = clock_timestamp()
    where u.workspace_id = ${workspaceId}::uuid and u.brand_id = ${brandId}::bigint and u.id = ${userId}::bigint
    returning ${columns}`.execute(db)
  return rows[0]
}

export const setUserKey = (
  db: Kysely<DB>,
  { userId, workspaceId }: WhitelabelUserPlace,
  id: ApiKeyId,
  text: string | null
) =>
  sql`
    update whitelabel_user set api_key_id = ${id}, api_key = ${text}::text
    where workspace_id = ${workspaceId}::uuid and id = ${userId}::bigint`.execute(db)

/** Whether the key is in its workspace and has not been revoked. */
export const isKeyValid = async (db: Kysely<DB>, workspaceId: WorkspaceId, id: ApiKeyId): Promise<boolean> => {
  const { rows } = await sql`
    select from api_key where workspace_id = ${workspaceId}::uuid and id = ${id} and revoked_at is null`.execute(db)
  return rows.length > 0
}
