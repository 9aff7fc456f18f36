import { Layer } from "effect"
import { FetchHttpClient } from "effect/http"
import { OtlpLogger, OtlpSerialization, OtlpTracer } from "effect/observability"

/** Traces and logs to a collector over OTLP. */
export const exporters = (serviceName: string, endpoint: string) => {
  const base = endpoint.replace(/\/+$/, "")
  const resource = { serviceName }
  return Layer.mergeAll(
    OtlpTracer.layer({ url: `${base}/v1/traces`, resource }),
    OtlpLogger.layer({ url: `${base}/v1/logs`, resource })
  ).pipe(Layer.provide(OtlpSerialization.layerJson), Layer.provide(FetchHttpClient.layer))
}
