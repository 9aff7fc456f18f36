import type { AccessTokenId, KnownApiKey, StoredAccessToken } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { apiEnabled, apiKeyColumns } from "./apiKeyStatements.ts"

export interface TokenRow extends KnownApiKey {
  readonly token_digest: Uint8Array
  readonly token_expires_at: Date
}

/** A token stands for its key, so that is what is read: three index look-ups on every request's path. */
export const findAccessToken = async (db: Kysely<DB>, id: AccessTokenId): Promise<TokenRow | undefined> => {
  const { rows } = await sql<TokenRow>`
    select ${apiKeyColumns}, ${apiEnabled}, token_digest, token_expires_at
    from api_key
    join (
      select workspace_id as token_workspace_id, api_key_id, digest as token_digest, expires_at as token_expires_at
      from access_token where id = ${id}
    ) token on token_workspace_id = workspace_id and api_key_id = id`.execute(db)
  return rows[0]
}

/** Together with the removal of the key's expired ones, so that they never pile up. */
export const insertAccessToken = (db: Kysely<DB>, token: StoredAccessToken) =>
  sql`
    with expired as (
      delete from access_token
      where workspace_id = ${token.workspaceId}::uuid and api_key_id = ${token.apiKeyId} and expires_at <= now()
    )
    insert into access_token (workspace_id, id, api_key_id, digest, expires_at)
    values (${token.workspaceId}::uuid, ${token.id}, ${token.apiKeyId}, ${token.digest}::bytea,
            ${token.expiresAt}::timestamptz)`.execute(db)
