import {
  Database,
  type DataDirectoryInUse,
  migrate,
  PgliteDatabase,
  PostgresDatabase,
  releaseLeases,
  type SchemaNotOurs,
  type SqlFailure
} from "@butler/persistence"
import { Effect, Layer, type Redacted } from "effect"
import type { RuntimeConfig } from "./config/RuntimeConfig.ts"

const migrated = Layer.effect(Database, Effect.andThen(migrate, Database))

/** A PostgreSQL, migrated. */
export const postgresDatabase = (
  url: Redacted.Redacted,
  { poolSize }: Pick<RuntimeConfig, "poolSize">
): Layer.Layer<Database, SchemaNotOurs | SqlFailure> =>
  Layer.provide(migrated, PostgresDatabase.layer({ url, maxConnections: poolSize }))

/** The embedded database in a folder, migrated. No other process has it, so what a dead one had leased is due at once. */
export const embeddedDatabase = (
  home: string
): Layer.Layer<Database, DataDirectoryInUse | SchemaNotOurs | SqlFailure> =>
  Layer.provide(
    Layer.tap(migrated, (context) => Effect.provideContext(releaseLeases, context)),
    PgliteDatabase.layer({ dataDir: home })
  )
