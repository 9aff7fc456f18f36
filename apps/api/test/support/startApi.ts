import type { Answerer, Cipher } from "@butler/domain"
import type { Database } from "@butler/persistence"
import { ConfigProvider, Effect, Exit, Layer, Scope } from "effect"
import { AppConfig } from "../../src/config.ts"
import { appLayer, reported, servicesOver } from "../../src/layer.ts"
import { serve } from "../../src/serve.ts"

/** Every started service has this key to its first workspace, unless its environment says otherwise. */
export const KEY = "bk_0123456789abcdef_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"

export interface Api {
  readonly url: string
  /** What the banner would show. */
  readonly key: string | null
  readonly stop: () => Promise<void>
}

export interface ApiOptions {
  readonly environment?: Readonly<Record<string, string>>
  /** Takes the place of the agent. */
  readonly answerer?: Layer.Layer<Answerer>
}

const ENVIRONMENT = { PORT: "0", BUTLER_BOOTSTRAP_KEY: KEY, LOG_LEVEL: "None", BUTLER_SHUTDOWN_GRACE_MS: "500" }

/**
 * The service on a free port of 127.0.0.1, as `main` would start it: over a migrated database in the place of the embedded
 * one, or with null over the one that its environment names.
 */
export const startApi = async (
  database: Layer.Layer<Cipher | Database> | null,
  options: ApiOptions = {}
): Promise<Api> => {
  const environment = ConfigProvider.fromEnvRecord({ ...ENVIRONMENT, ...options.environment })
  const scope = await Effect.runPromise(Scope.make())
  const program = Effect.gen(function* () {
    const config = yield* AppConfig.load
    if (database === null) return yield* serve(config, appLayer(config))
    const services = servicesOver(config, options.answerer).pipe(Layer.provide(database))
    return yield* serve(config, services.pipe(Layer.provideMerge(reported(config))))
  })
  const { key, url } = await Effect.runPromise(
    program.pipe(
      Effect.provideService(ConfigProvider.ConfigProvider, environment),
      Effect.provideService(Scope.Scope, scope)
    )
  )
  return { url, key, stop: () => Effect.runPromise(Scope.close(scope, Exit.void)) }
}
