import { loadConfig, runtimeConfig, runtimeSettings, setting, wholeNumber, withModel } from "@butler/runtime"
import { Config, Effect, Option, Schema } from "effect"

/** There is nothing to work on without a database that others share. */
export class DatabaseUrlMissing extends Schema.TaggedError<DatabaseUrlMissing>()("DatabaseUrlMissing", {}) {
  override get message(): string {
    return (
      "DATABASE_URL must name the PostgreSQL that the API processes use; " +
      "with the embedded database the API process does the worker's work itself"
    )
  }
}

const port = wholeNumber("WORKER_PORT", 0, 65_535, 3001)
const host = setting("HOST", "must be an address", Config.NonEmptyString("HOST").pipe(Config.withDefault("127.0.0.1")))

const settings = Config.all({ ...runtimeConfig, port: port.config, host: host.config })

/** Every setting of the process, read from the environment once. */
export const loadWorkerConfig = loadConfig(settings, [...runtimeSettings, port, host]).pipe(
  Effect.flatMap(withModel),
  Effect.flatMap((config) =>
    Option.match(config.databaseUrl, {
      onNone: () => Effect.fail(new DatabaseUrlMissing()),
      onSome: (url) => Effect.succeed({ ...config, url })
    })
  )
)

export type WorkerConfig = Effect.Success<typeof loadWorkerConfig>
