import type { SecretOwner, SigningSecret } from "@butler/domain"
import { type Kysely, type RawBuilder, sql } from "kysely"
import type { DB } from "../database/tables.ts"

/** Each adds a signature to every request; whoever rotates more often gives up the oldest first. */
const MAX_VALID = 5

/** The owner's valid secrets as a JSON array, newest first. */
export const validSecrets = (workspaceId: RawBuilder<unknown>, owner: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  (select coalesce(jsonb_agg(v.secret order by v.version desc), '[]')
   from (
     select s.secret, s.version from signing_secret s
     where s.workspace_id = ${workspaceId} and s.owner = ${owner} and (s.expires_at is null or s.expires_at > now())
     order by s.version desc limit ${sql.lit(MAX_VALID)}
   ) v)`

const ownerOf = ({ endpointId }: SecretOwner): string => endpointId ?? ""

export const listSecrets = async (db: Kysely<DB>, owner: SecretOwner): Promise<ReadonlyArray<SigningSecret>> => {
  const { rows } = await sql<SigningSecret>`
    select secret, created_at as "createdAt", expires_at as "expiresAt" from signing_secret
    where workspace_id = ${owner.workspaceId}::uuid and owner = ${ownerOf(owner)}
      and (expires_at is null or expires_at > now())
    order by version desc limit ${sql.lit(MAX_VALID)}`.execute(db)
  return rows
}

/** Stores the first secret of an owner; whoever comes second finds the first one's. */
export const insertFirstSecret = (db: Kysely<DB>, owner: SecretOwner, secret: string) =>
  sql`
    insert into signing_secret (workspace_id, owner, version, secret)
    values (${owner.workspaceId}::uuid, ${ownerOf(owner)}, 1, ${secret})
    on conflict on constraint signing_secret_pkey do nothing`.execute(db)

/** Two rotations at once break the primary key: one of them is done again. */
export const rotateSecret = (db: Kysely<DB>, owner: SecretOwner, secret: string, overlapMs: number) =>
  sql`
    with expiring as (
      update signing_secret set
        expires_at = least(coalesce(expires_at, 'infinity'), now() + ${overlapMs}::bigint * interval '1 millisecond')
      where workspace_id = ${owner.workspaceId}::uuid and owner = ${ownerOf(owner)}
        and (expires_at is null or expires_at > now())
    )
    insert into signing_secret (workspace_id, owner, version, secret)
    select ${owner.workspaceId}::uuid, ${ownerOf(owner)}, coalesce(max(version), 0) + 1, ${secret}
    from signing_secret where workspace_id = ${owner.workspaceId}::uuid and owner = ${ownerOf(owner)}`.execute(db)
