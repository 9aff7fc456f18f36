import { runProcess } from "@butler/runtime"
import { Effect, Option } from "effect"
import { resolve } from "node:path"
import { banner } from "./banner.ts"
import { AppConfig } from "./config.ts"
import { appLayer } from "./layer.ts"
import { serve } from "./serve.ts"

runProcess(
  "butler",
  Effect.gen(function* () {
    const config = yield* AppConfig.load
    const data = Option.isSome(config.databaseUrl) ? "PostgreSQL" : resolve(config.home)
    const running = yield* serve(config, appLayer(config))
    process.stdout.write(banner({ ...running, data }))
    return yield* Effect.never
  })
)
