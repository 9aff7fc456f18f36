import type { Database, SqlFailure } from "@butler/persistence"
import { ConfigProvider, Effect, Exit, Layer, Scope } from "effect"
import { AppConfig } from "../../src/config.ts"
import { servicesOver } from "../../src/layer.ts"
import { serve } from "../../src/serve.ts"

export const KEY = "bk_0123456789abcdef_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"

export interface Api {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** The service on a free port of 127.0.0.1 over a database, as `main` would start it. */
export const startApi = async (
  database: Layer.Layer<Database, SqlFailure>,
  environment: Readonly<Record<string, string>> = {},
  over: (services: ReturnType<typeof servicesOver>) => ReturnType<typeof servicesOver> = (services) => services
): Promise<Api> => {
  const env = {
    PORT: "0",
    BUTLER_BOOTSTRAP_KEY: KEY,
    LOG_LEVEL: "Error",
    BUTLER_SHUTDOWN_GRACE_MS: "1000",
    ...environment
  }
  const provider = ConfigProvider.fromEnvRecord(env)
  const scope = await Effect.runPromise(Scope.make())
  const program = Effect.gen(function* () {
    const config = yield* AppConfig.load
    return yield* serve(config, over(servicesOver(config)).pipe(Layer.provide(database)))
  })
  const running = await Effect.runPromise(
    program.pipe(
      Effect.provideService(ConfigProvider.ConfigProvider, provider),
      Effect.provideService(Scope.Scope, scope)
    )
  )
  return { url: running.url, stop: () => Effect.runPromise(Scope.close(scope, Exit.void)) }
}
