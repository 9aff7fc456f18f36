import { Effect, Layer, Logger, Option, References } from "effect"
import type { RuntimeConfig } from "../config/RuntimeConfig.ts"
import { jsonLogger } from "./jsonLogger.ts"

/** Loaded where there is a collector: clients of HTTP and all that they bring take 5 MB. */
const exportersOf = (serviceName: string, endpoint: string): Layer.Layer<never> =>
  Layer.unwrap(
    Effect.map(
      Effect.promise(() => import("./exporters.ts")),
      ({ exporters }) => exporters(serviceName, endpoint)
    )
  )

/** Logs on standard error, and traces and logs to the collector when one is named. Without one no span is made at all. */
export const telemetry = (
  serviceName: string,
  config: Pick<RuntimeConfig, "logLevel" | "otlpEndpoint">
): Layer.Layer<never> => {
  const logs = Layer.merge(Logger.layer([jsonLogger]), Layer.succeed(References.MinimumLogLevel, config.logLevel))
  return Option.match(config.otlpEndpoint, {
    onNone: () => Layer.merge(logs, Layer.succeed(References.TracerEnabled, false)),
    onSome: (endpoint) => exportersOf(serviceName, endpoint).pipe(Layer.provideMerge(logs))
  })
}
