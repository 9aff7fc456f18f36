import {
  AnswererLayer,
  defaultTurnRunnerOptions,
  ExtractiveAnswerer,
  TextAnalyzerSnowball,
  TurnRunner
} from "@butler/agent"
import type { Answerer, Dialogs, Knowledge, TextAnalyzer, Turns } from "@butler/domain"
import {
  Database,
  DataDirectoryInUse,
  ensureEventPartitions,
  migrate,
  PersistenceLayer,
  PgliteDatabase,
  PostgresDatabase,
  type SchemaNotOurs,
  type SqlFailure
} from "@butler/persistence"
import { Egress } from "@butler/webhooks/egress"
import { Effect, Layer, Option, Schedule } from "effect"
import type { AppServices } from "./AppServices.ts"
import { AppConfig } from "./config.ts"
import { AtomicallySql } from "./bootstrap/AtomicallySql.ts"
import { telemetry } from "./observability/telemetry.ts"
import { ReadinessSql } from "./system/ReadinessSql.ts"

/** Why the service could not begin. */
export type LayerFailure = DataDirectoryInUse | SchemaNotOurs | SqlFailure

/** PostgreSQL where a URL names one, else the embedded database in the home. */
const database = (config: AppConfig["Service"]): Layer.Layer<Database, LayerFailure> =>
  Option.match(config.databaseUrl, {
    onNone: () => PgliteDatabase.layer({ dataDir: config.home }),
    onSome: (url) => PostgresDatabase.layer({ url, maxConnections: config.poolSize })
  })

const migrated = Layer.effect(Database, Effect.andThen(migrate, Database))

const partitions = Layer.effectDiscard(
  Effect.gen(function* () {
    yield* ensureEventPartitions
    const daily = Effect.catchCause(ensureEventPartitions, (cause) =>
      Effect.logWarning("the partitions of the event log could not be made", cause)
    )
    yield* daily.pipe(Effect.schedule(Schedule.spaced("1 day")), Effect.forkScoped)
  })
)

const stores = Layer.mergeAll(PersistenceLayer, AtomicallySql)

/** The agent that answers: with a model where there is one, else from the knowledge alone. */
export const answererLayer = (
  config: AppConfig["Service"]
): Layer.Layer<Answerer, never, Dialogs | Egress | Knowledge | TextAnalyzer | Turns> =>
  Layer.unwrap(
    Effect.map(Egress, ({ dispatcher }) =>
      AnswererLayer({ withoutModel: ExtractiveAnswerer, operator: config.model, guarded: dispatcher })
    )
  )

/** Everything over a migrated database. */
export const servicesOver = (
  config: AppConfig["Service"],
  answerer: Layer.Layer<Answerer, never, Dialogs | Egress | Knowledge | TextAnalyzer | Turns>
): Layer.Layer<AppServices, SqlFailure, Database> => {
  const runner = TurnRunner.layer({ ...defaultTurnRunnerOptions, drainMs: config.graceMs })
  // The entries were judged with the configuration.
  const egress = Layer.orDie(Egress.layer({ allow: config.egressAllow }))
  return ReadinessSql.pipe(
    Layer.provideMerge(runner),
    Layer.provideMerge(answerer),
    Layer.provideMerge(
      Layer.mergeAll(stores, TextAnalyzerSnowball, partitions, egress, Layer.succeed(AppConfig, config))
    )
  )
}

/** All that the service consists of. Telemetry comes last, so that whatever begins or ends inside it is reported. */
export const appLayer = (config: AppConfig["Service"]): Layer.Layer<AppServices, LayerFailure> =>
  servicesOver(config, answererLayer(config)).pipe(
    Layer.provide(migrated),
    Layer.provide(database(config)),
    Layer.provideMerge(telemetry(config))
  )
