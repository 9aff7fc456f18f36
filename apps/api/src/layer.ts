import { type Answerer, Cipher } from "@butler/domain"
import type { Database, DataDirectoryInUse, SchemaNotOurs, SqlFailure } from "@butler/persistence"
import { Parser, Web } from "@butler/ingestion"
import {
  type AnswererNeeds,
  cipherLayer,
  embeddedDatabase,
  postgresDatabase,
  runtimeServices,
  telemetry
} from "@butler/runtime"
import { Layer, Option } from "effect"
import type { AppServices } from "./AppServices.ts"
import { AtomicallySql } from "./bootstrap/AtomicallySql.ts"
import { AppConfig } from "./config.ts"
import { RateLimiter } from "./http/RateLimiter.ts"

/** Why the service could not begin. */
export type LayerFailure = DataDirectoryInUse | SchemaNotOurs | SqlFailure

/** PostgreSQL where a URL names one, else the embedded database in the home. */
const database = (config: AppConfig["Service"]): Layer.Layer<Database, LayerFailure> =>
  Option.match(config.databaseUrl, {
    onNone: () => embeddedDatabase(config.home),
    onSome: (url) => postgresDatabase(url, config)
  })

/** How long a caller waits for one page of another's site. */
const READ_MS = 10_000

/** With the operator's keys, and the home's own where the database is embedded. */
const cipher = (config: AppConfig["Service"]): Layer.Layer<Cipher> =>
  cipherLayer(config, Option.isNone(config.databaseUrl) ? config.home : null)

/** Everything over a migrated database; `answerer` takes the place of the agent. */
export const servicesOver = (
  config: AppConfig["Service"],
  answerer?: Layer.Layer<Answerer, never, AnswererNeeds>
): Layer.Layer<AppServices, SqlFailure, Cipher | Database> => {
  const worker = Option.isNone(config.databaseUrl) ? "inline" : config.worker
  const services = runtimeServices(config, { worker, ...(answerer !== undefined && { answerer }) })
  // Of its own: a caller who waits for a page does not wait behind what is read in the background.
  const reading = Layer.merge(Web.layer({ timeoutMs: READ_MS }), Parser.layer({ concurrency: 1 }))
  const own = Layer.mergeAll(AtomicallySql, Layer.effect(Cipher, Cipher), RateLimiter.layer, reading)
  return own.pipe(Layer.provideMerge(Layer.merge(services, Layer.succeed(AppConfig, config))))
}

/** Telemetry comes last, so that whatever begins or ends inside it is reported. */
export const reported = (config: AppConfig["Service"]): Layer.Layer<never> => telemetry("butler-api", config)

/** All that the service consists of. */
export const appLayer = (config: AppConfig["Service"]): Layer.Layer<AppServices, LayerFailure> =>
  servicesOver(config).pipe(
    Layer.provide(Layer.merge(database(config), cipher(config))),
    Layer.provideMerge(reported(config))
  )
