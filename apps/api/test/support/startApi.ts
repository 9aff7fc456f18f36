import type { Answerer } from "@butler/domain"
import type { Database } from "@butler/persistence"
import { ConfigProvider, Effect, Exit, Layer, Scope } from "effect"
import { AppConfig } from "../../src/config.ts"
import { answererLayer, servicesOver } from "../../src/layer.ts"
import { serve } from "../../src/serve.ts"

/** Every started service has this key to its first workspace. */
export const KEY = "bk_0123456789abcdef_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"

export interface Api {
  readonly url: string
  readonly stop: () => Promise<void>
}

export interface ApiOptions {
  readonly environment?: Readonly<Record<string, string>>
  /** Takes the place of the agent. */
  readonly answerer?: Layer.Layer<Answerer>
}

const ENVIRONMENT = { PORT: "0", BUTLER_BOOTSTRAP_KEY: KEY, LOG_LEVEL: "None", BUTLER_SHUTDOWN_GRACE_MS: "500" }

/** The service on a free port of 127.0.0.1 over a database, as `main` would start it on an embedded one. */
export const startApi = async (database: Layer.Layer<Database>, options: ApiOptions = {}): Promise<Api> => {
  const environment = ConfigProvider.fromEnvRecord({ ...ENVIRONMENT, ...options.environment })
  const scope = await Effect.runPromise(Scope.make())
  const program = Effect.gen(function* () {
    const config = yield* AppConfig.load
    return yield* serve(config, servicesOver(config, options.answerer ?? answererLayer).pipe(Layer.provide(database)))
  })
  const { url } = await Effect.runPromise(
    program.pipe(
      Effect.provideService(ConfigProvider.ConfigProvider, environment),
      Effect.provideService(Scope.Scope, scope)
    )
  )
  return { url, stop: () => Effect.runPromise(Scope.close(scope, Exit.void)) }
}
