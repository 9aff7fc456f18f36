import { Entitlements } from "@butler/domain"
import { Effect, Layer, Option } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { findEntitlement, toEntitlement } from "./entitlementStatements.ts"

/** `Entitlements` on SQL. */
export const EntitlementsSql: Layer.Layer<Entitlements, never, Database> = Layer.effect(
  Entitlements,
  Effect.map(Database, (database) =>
    Entitlements.of({
      find: (workspaceId) =>
        query("entitlement.find", (db) => findEntitlement(db, workspaceId)).pipe(
          Effect.provideService(Database, database),
          Effect.orDie,
          Effect.map((row) => Option.map(Option.fromUndefinedOr(row), toEntitlement))
        )
    })
  )
)
