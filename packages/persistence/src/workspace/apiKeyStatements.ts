import type { ApiKey, ApiKeyId, KnownApiKey, StoredApiKey, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"
import { featureOf } from "../whitelabel/entitlementStatements.ts"

/** Of `api_key`. */
export const apiKeyColumns = sql`
  id, workspace_id as "workspaceId", name, scopes, agent_id as "agentId",
  rate_per_minute as "ratePerMinute", callback_hosts as "callbackHosts", created_at as "createdAt",
  expires_at as "expiresAt", revoked_at as "revokedAt"`

/** Of `api_key`: whether it opens anything at all. */
export const apiEnabled = sql`${featureOf(sql`api_key.workspace_id`, "api")} as "apiEnabled"`

/** On every request's path: an index look-up, and another of what its workspace is entitled to. */
export const findApiKey = (db: Kysely<DB>, id: ApiKeyId) =>
  sql<KnownApiKey & StoredApiKey>`
    select ${apiKeyColumns}, digest, ${apiEnabled} from api_key where id = ${id}`.execute(db)

/** Its agent is held until the key is stored, so that it is not removed meanwhile; no row when there is no such agent. */
export const insertApiKey = (db: Kysely<DB>, key: StoredApiKey) =>
  sql`
    with agent_now as materialized (
      select id from agent
      where workspace_id = ${key.workspaceId}::uuid and id = ${key.agentId}::bigint and removed_at is null
      for share
    )
    insert into api_key (workspace_id, id, name, scopes, agent_id, rate_per_minute, callback_hosts, digest, created_at, expires_at,
                         revoked_at)
    select ${key.workspaceId}::uuid, ${key.id}, ${key.name}, ${json(key.scopes)}, (select id from agent_now),
           ${key.ratePerMinute}::integer,
           ${key.callbackHosts === null ? null : json(key.callbackHosts)}, ${key.digest}::bytea,
           ${key.createdAt}::timestamptz, ${key.expiresAt}::timestamptz, ${key.revokedAt}::timestamptz
    where ${key.agentId}::bigint is null or exists (select from agent_now)
    returning id`.execute(db)

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
