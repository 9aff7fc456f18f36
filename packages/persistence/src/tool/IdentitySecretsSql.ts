import { IdentitySecrets, type WorkspaceId } from "@butler/domain"
import { Effect, Layer } from "effect"
import { type Kysely, sql } from "kysely"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import type { DB } from "../database/tables.ts"

/** Among the owners of signing secrets, which are endpoints otherwise. */
const OWNER = "tool_identity"

const find = async (db: Kysely<DB>, workspaceId: WorkspaceId): Promise<string | undefined> => {
  const { rows } = await sql<{ readonly secret: string }>`
    select secret from signing_secret
    where workspace_id = ${workspaceId}::uuid and owner = ${OWNER} and version = 1`.execute(db)
  return rows[0]?.secret
}

/** Whoever comes second finds the first one's. */
const insert = (db: Kysely<DB>, workspaceId: WorkspaceId, secret: string) =>
  sql`
    insert into signing_secret (workspace_id, owner, version, secret)
    values (${workspaceId}::uuid, ${OWNER}, 1, ${secret})
    on conflict on constraint signing_secret_pkey do nothing`.execute(db)

/** `IdentitySecrets` on SQL. */
export const IdentitySecretsSql: Layer.Layer<IdentitySecrets, never, Database> = Layer.effect(
  IdentitySecrets,
  Effect.map(Database, (database) =>
    IdentitySecrets.of({
      get: Effect.fnUntraced(
        function* (workspaceId, candidate) {
          const found = yield* query("identitySecret.find", (db) => find(db, workspaceId))
          if (found !== undefined) return found
          yield* query("identitySecret.insert", (db) => insert(db, workspaceId, candidate))
          return (yield* query("identitySecret.find", (db) => find(db, workspaceId))) ?? candidate
        },
        Effect.provideService(Database, database),
        Effect.orDie
      )
    })
  )
)
