import {
  ALL_FEATURES,
  BrandNotFound,
  type BrandPlace,
  Cipher,
  type NewWhitelabelUser,
  WhitelabelEmailTaken,
  type WhitelabelUser,
  WhitelabelUserNotFound,
  type WhitelabelUserPlace,
  WhitelabelUsers
} from "@butler/domain"
import { Effect, Layer, Redacted } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import type { SqlFailure } from "../database/SqlFailure.ts"
import { transaction } from "../database/transaction.ts"
import { insertApiKey, revokeApiKey } from "../workspace/apiKeyStatements.ts"
import { createWorkspace } from "../workspace/createWorkspace.ts"
import {
  changeEntitlement,
  type EntitlementRow,
  findEntitlement,
  insertEntitlement,
  toQuotas
} from "./entitlementStatements.ts"
import { findUser, insertUser, isKeyValid, setUserKey, touchUser, type UserRow } from "./userStatements.ts"

const toUser = (row: UserRow, held: Pick<WhitelabelUser, "features" | "quotas">): WhitelabelUser => ({
  id: row.id,
  brandId: row.brand_id,
  workspaceId: row.user_workspace_id,
  email: row.email,
  ...held,
  createdAt: row.created_at,
  updatedAt: row.updated_at
})

/** The two are stored in one transaction, and neither is ever removed. */
const whole = (row: UserRow, entitlement: EntitlementRow | undefined) =>
  entitlement === undefined
    ? Effect.die(new Error(`white-label user ${row.id} has no entitlement`))
    : Effect.succeed(toUser(row, { quotas: toQuotas(entitlement), features: entitlement.features }))

const find = Effect.fnUntraced(function* (place: WhitelabelUserPlace) {
  const row = yield* query("whitelabelUser.find", (db) => findUser(db, place))
  if (row === undefined) return yield* new BrandNotFound({ brandId: place.brandId })
  return row.id === null ? yield* new WhitelabelUserNotFound({ userId: place.userId }) : row
})

/** As `find`, for a change. */
const touch = Effect.fnUntraced(function* (place: WhitelabelUserPlace) {
  return (yield* query("whitelabelUser.touch", (db) => touchUser(db, place))) ?? (yield* find(place))
})

/** What of a failed insertion is a refusal. */
const refusalOf = (
  { brandId }: BrandPlace,
  { email }: NewWhitelabelUser,
  failure: SqlFailure
): Effect.Effect<never, BrandNotFound | WhitelabelEmailTaken> => {
  switch (failure.constraint) {
    case "whitelabel_user_brand_fkey":
      return Effect.fail(new BrandNotFound({ brandId }))
    case "whitelabel_user_email_key":
      return Effect.fail(new WhitelabelEmailTaken({ email }))
    default:
      return Effect.die(failure)
  }
}

/** `WhitelabelUsers` on SQL. No statement reads of the reseller's workspace and of the user's. */
export const WhitelabelUsersSql: Layer.Layer<WhitelabelUsers, never, Cipher | Database> = Layer.effect(
  WhitelabelUsers,
  Effect.gen(function* () {
    const database = yield* Database
    const cipher = yield* Cipher
    const onDatabase = Effect.provideService(Database, database)

    return WhitelabelUsers.of({
      add: Effect.fnUntraced(
        function* (place, user) {
          const { agent, email, id, quotas, workspaceId } = user
          const row = yield* query("whitelabelUser.insert", (db) => insertUser(db, place, user))
          if (row === undefined) return yield* Effect.die(new Error(`white-label user ${id} was not stored`))
          yield* query("workspace.create", (db) => createWorkspace(db, { id: workspaceId, name: email }, agent))
          const held = { quotas, features: ALL_FEATURES }
          const entitlement = { ...held, userId: id, email, initialAgentId: agent.id }
          yield* query("entitlement.insert", (db) => insertEntitlement(db, workspaceId, entitlement))
          return toUser(row, held)
        },
        transaction,
        onDatabase,
        (effect, place, user) => Effect.catchTag(effect, "SqlFailure", (failure) => refusalOf(place, user, failure))
      ),
      find: Effect.fnUntraced(
        function* (place) {
          const row = yield* find(place)
          const entitlement = yield* query("entitlement.find", (db) => findEntitlement(db, row.user_workspace_id))
          return yield* whole(row, entitlement)
        },
        onDatabase,
        Effect.catchTag("SqlFailure", Effect.die)
      ),
      change: Effect.fnUntraced(
        function* (place, { features, quotas }) {
          const row = yield* touch(place)
          const entitlement = yield* query("entitlement.change", (db) =>
            changeEntitlement(db, row.user_workspace_id, quotas, features)
          )
          return yield* whole(row, entitlement)
        },
        transaction,
        onDatabase,
        Effect.catchTag("SqlFailure", Effect.die)
      ),
      replaceKey: Effect.fnUntraced(
        function* (place, key, text) {
          const { api_key_id: old, user_workspace_id: workspaceId } = yield* touch(place)
          if (old !== null) yield* query("apiKey.revoke", (db) => revokeApiKey(db, workspaceId, old))
          yield* query("apiKey.insert", (db) => insertApiKey(db, key))
          const sealed = { workspaceId, purpose: "whitelabel" } as const
          const kept = cipher.hasKey ? cipher.encrypt(sealed, Redacted.value(text)) : null
          yield* query("whitelabelUser.setKey", (db) => setUserKey(db, place, key.id, kept))
        },
        transaction,
        onDatabase,
        Effect.catchTag("SqlFailure", Effect.die)
      ),
      apiKey: Effect.fnUntraced(
        function* (place) {
          const { api_key: kept, api_key_id: id, user_workspace_id: workspaceId } = yield* find(place)
          if (kept === null || id === null) return null
          if (!(yield* query("apiKey.isValid", (db) => isKeyValid(db, workspaceId, id)))) return null
          // With the operator's encryption key it is lost: another can be generated.
          return yield* Effect.try(() =>
            Redacted.make(cipher.decrypt({ workspaceId, purpose: "whitelabel" }, kept))
          ).pipe(Effect.orElseSucceed(() => null))
        },
        onDatabase,
        Effect.catchTag("SqlFailure", Effect.die)
      )
    })
  })
)
