import { DialogId, Dialogs, Workspaces } from "@butler/domain"
import { Effect, Layer, ManagedRuntime, Option, type Scope } from "effect"
import type { AppServices } from "./AppServices.ts"
import { type BootstrapKeyTaken, ensureFirstKey } from "./bootstrap/ensureFirstKey.ts"
import type { AppConfig } from "./config.ts"
import { EffectRunner } from "./effect/EffectRunner.ts"
import { type CannotListen, cannotListen, ensureFree } from "./http/CannotListen.ts"
import { createServer } from "./http/createServer.ts"
import { stopServer } from "./http/stopServer.ts"
import type { LayerFailure } from "./layer.ts"
import { greeting } from "./sample/greeting.ts"

export interface Running {
  readonly url: string
  readonly key: string | null
  readonly withSample: boolean
}

const ANYWHERE = new Set(["0.0.0.0", "::"])

const urlOf = ({ host, tls }: AppConfig["Service"], port: number): string => {
  const name = ANYWHERE.has(host) ? "127.0.0.1" : host
  return `${tls === null ? "http" : "https"}://${name.includes(":") ? `[${name}]` : name}:${port}`
}

const hasSample = Effect.gen(function* () {
  const [first] = yield* (yield* Workspaces).list
  if (first === undefined) return false
  return Option.isSome(yield* (yield* Dialogs).find(first.id, DialogId.make(greeting.dialogId)))
})

/** Serves until the scope closes; then what is in flight gets `graceMs` to end. */
export const serve = (
  config: AppConfig["Service"],
  layer: Layer.Layer<AppServices, LayerFailure>
): Effect.Effect<Running, LayerFailure | BootstrapKeyTaken | CannotListen, Scope.Scope> =>
  Effect.gen(function* () {
    yield* ensureFree(config)
    const runtime = yield* Effect.acquireRelease(
      Effect.sync(() => ManagedRuntime.make(layer)),
      (made) => made.disposeEffect
    )
    const services = yield* runtime.contextEffect
    const key = yield* Effect.provideContext(ensureFirstKey(), services)
    const withSample = yield* Effect.provideContext(hasSample, services)
    const { app } = yield* Effect.acquireRelease(
      Effect.promise(() => createServer(new EffectRunner(runtime), config)),
      (server) => stopServer(server, config.graceMs)
    )
    const { host, port } = config
    yield* Effect.tryPromise({
      try: () => app.listen(port, host),
      catch: cannotListen(config)
    })
    const address = app.getHttpServer().address()
    return {
      url: urlOf(config, typeof address === "object" && address !== null ? address.port : port),
      key,
      withSample
    }
  })
