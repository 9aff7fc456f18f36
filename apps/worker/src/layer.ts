import type { SchemaNotOurs, SqlFailure } from "@butler/persistence"
import { cipherLayer, postgresDatabase, type RuntimeServices, runtimeServices, telemetry } from "@butler/runtime"
import { Layer } from "effect"
import type { WorkerConfig } from "./config.ts"

/** All that the worker consists of. Telemetry comes last, so that whatever begins or ends inside it is reported. */
export const workerLayer = (config: WorkerConfig): Layer.Layer<RuntimeServices, SchemaNotOurs | SqlFailure> =>
  runtimeServices(config, { worker: "inline" }).pipe(
    Layer.provide(Layer.merge(postgresDatabase(config.url, config), cipherLayer(config, null))),
    Layer.provideMerge(telemetry("butler-worker", config))
  )
