import { runProcess } from "@butler/runtime"
import { Effect, Layer } from "effect"
import { loadWorkerConfig } from "./config.ts"
import { workerLayer } from "./layer.ts"
import { serveProbes } from "./probes.ts"

runProcess(
  "butler worker",
  Effect.gen(function* () {
    const config = yield* loadWorkerConfig
    const services = yield* Layer.build(workerLayer(config))
    const port = yield* Effect.provideContext(serveProbes(config), services)
    process.stdout.write(`Butler's worker runs; /healthz, /readyz and /metrics are on http://${config.host}:${port}\n`)
    return yield* Effect.never
  })
)
