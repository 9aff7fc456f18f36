import type { ApiKey, ApiKeyId, StoredApiKey, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"

/** Of `api_key`. */
export const apiKeyColumns = sql`
  id, workspace_id as "workspaceId", name, scopes, callback_hosts as "callbackHosts", created_at as "createdAt", expires_at as "expiresAt",
  revoked_at as "revokedAt"`

/** On every request's path: one index look-up. */
export const findApiKey = (db: Kysely<DB>, id: ApiKeyId) =>
  sql<StoredApiKey>`select ${apiKeyColumns}, digest from api_key where id = ${id}`.execute(db)

export const insertApiKey = (db: Kysely<DB>, key: StoredApiKey) =>
  sql`
    insert into api_key (workspace_id, id, name, scopes, callback_hosts, digest, created_at, expires_at, revoked_at)
    values (${key.workspaceId}::uuid, ${key.id}, ${key.name}, ${json(key.scopes)},
            ${key.callbackHosts === null ? null : json(key.callbackHosts)}, ${key.digest}::bytea,
            ${key.createdAt}::timestamptz, ${key.expiresAt}::timestamptz, ${key.revokedAt}::timestamptz)`.execute(db)

export const listApiKeys = (db: Kysely<DB>, workspaceId: WorkspaceId) =>
  sql<ApiKey>`
    select ${apiKeyColumns} from api_key where workspace_id = ${workspaceId}::uuid
    order by created_at desc, id`.execute(db)

/** A second time keeps the first. */
export const revokeApiKey = (db: Kysely<DB>, workspaceId: WorkspaceId, id: ApiKeyId) =>
  sql`
    update api_key set revoked_at = coalesce(revoked_at, now())
    where workspace_id = ${workspaceId}::uuid and id = ${id}
    returning id`.execute(db)

export const hasNoApiKey = (db: Kysely<DB>) =>
  sql<{ readonly empty: boolean }>`select not exists (select from api_key) as empty`.execute(db)
