import { Layer, Logger, Option, References } from "effect"
import { FetchHttpClient } from "effect/http"
import { OtlpLogger, OtlpSerialization, OtlpTracer } from "effect/observability"
import type { RuntimeConfig } from "../config/RuntimeConfig.ts"
import { jsonLogger } from "./jsonLogger.ts"

const exporters = (serviceName: string, endpoint: string) => {
  const base = endpoint.replace(/\/+$/, "")
  const resource = { serviceName }
  return Layer.mergeAll(
    OtlpTracer.layer({ url: `${base}/v1/traces`, resource }),
    OtlpLogger.layer({ url: `${base}/v1/logs`, resource })
  ).pipe(Layer.provide(OtlpSerialization.layerJson), Layer.provide(FetchHttpClient.layer))
}

/** Logs on standard error, and traces and logs to the collector when one is named. Without one no span is made at all. */
export const telemetry = (
  serviceName: string,
  config: Pick<RuntimeConfig, "logLevel" | "otlpEndpoint">
): Layer.Layer<never> => {
  const logs = Layer.merge(Logger.layer([jsonLogger]), Layer.succeed(References.MinimumLogLevel, config.logLevel))
  return Option.match(config.otlpEndpoint, {
    onNone: () => Layer.merge(logs, Layer.succeed(References.TracerEnabled, false)),
    onSome: (endpoint) => exporters(serviceName, endpoint).pipe(Layer.provideMerge(logs))
  })
}
