import { AccessTokens } from "@butler/domain"
import { Effect, Layer, Option } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { findAccessToken, insertAccessToken } from "./accessTokenStatements.ts"

/** `AccessTokens` on SQL. */
export const AccessTokensSql: Layer.Layer<AccessTokens, never, Database> = Layer.effect(
  AccessTokens,
  Effect.map(Database, (database) => {
    const onDatabase = Effect.provideService(Database, database)
    return AccessTokens.of({
      insert: (token) =>
        query("accessToken.insert", (db) => insertAccessToken(db, token)).pipe(onDatabase, Effect.orDie, Effect.asVoid),
      find: Effect.fnUntraced(function* (id) {
        const row = yield* query("accessToken.find", (db) => findAccessToken(db, id)).pipe(onDatabase, Effect.orDie)
        if (row === undefined) return Option.none()
        const { token_digest: digest, token_expires_at: expiresAt, ...key } = row
        return Option.some({ key, token: { id, workspaceId: key.workspaceId, apiKeyId: key.id, digest, expiresAt } })
      })
    })
  })
)
