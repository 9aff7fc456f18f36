import { AgentNotFound, ApiKeyNotFound, ApiKeys } from "@butler/domain"
import { Effect, Layer, Option } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { findApiKey, hasNoApiKey, insertApiKey, listApiKeys, revokeApiKey } from "./apiKeyStatements.ts"

/** `ApiKeys` on SQL. */
export const ApiKeysSql: Layer.Layer<ApiKeys, never, Database> = Layer.effect(
  ApiKeys,
  Effect.map(Database, (database) => {
    const onDatabase = Effect.provideService(Database, database)
    return ApiKeys.of({
      find: (id) =>
        query("apiKey.find", (db) => findApiKey(db, id)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map(({ rows }) => Option.fromUndefinedOr(rows[0]))
        ),
      insert: Effect.fnUntraced(function* (key) {
        const { rows } = yield* query("apiKey.insert", (db) => insertApiKey(db, key)).pipe(onDatabase, Effect.orDie)
        if (rows.length === 0 && key.agentId !== null) return yield* new AgentNotFound({ agentId: key.agentId })
      }),
      list: (workspaceId) =>
        query("apiKey.list", (db) => listApiKeys(db, workspaceId)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map(({ rows }) => rows)
        ),
      revoke: Effect.fnUntraced(function* (workspaceId, apiKeyId) {
        const { rows } = yield* query("apiKey.revoke", (db) => revokeApiKey(db, workspaceId, apiKeyId)).pipe(
          onDatabase,
          Effect.orDie
        )
        if (rows.length === 0) return yield* new ApiKeyNotFound({ apiKeyId })
      }),
      isEmpty: query("apiKey.isEmpty", hasNoApiKey).pipe(
        onDatabase,
        Effect.orDie,
        Effect.map(({ rows }) => rows[0]?.empty === true)
      )
    })
  })
)
