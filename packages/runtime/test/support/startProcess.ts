import { type Answer, Answerer, Ids, type RunnableTurn, Workspaces, CipherPlain } from "@butler/domain"
import { Config, ConfigProvider, Effect, Layer, ManagedRuntime } from "effect"
import {
  loadConfig,
  postgresDatabase,
  type RuntimeConfig,
  runtimeConfig,
  type RuntimeServices,
  runtimeServices,
  runtimeSettings,
  telemetry,
  withModel,
  type WorkerMode
} from "../../src/index.ts"

export const said = (content: string): Answer => ({
  parts: [{ contentType: "text", content, url: "" }],
  agentLogs: [],
  steps: []
})

export const configOf = (environment: Readonly<Record<string, string>>): Promise<RuntimeConfig> =>
  loadConfig(Config.all(runtimeConfig), runtimeSettings).pipe(
    Effect.flatMap(withModel),
    Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromEnvRecord({ ...environment })),
    Effect.runPromise
  )

export interface Started {
  readonly run: <A, E>(effect: Effect.Effect<A, E, RuntimeServices>) => Promise<A>
  readonly stop: () => Promise<void>
}

/** All that a process consists of, in this one. */
export const startProcess = async (
  url: string,
  worker: WorkerMode,
  answer: (turn: RunnableTurn) => Effect.Effect<Answer>
): Promise<Started> => {
  const config = await configOf({ DATABASE_URL: url, LOG_LEVEL: "None", BUTLER_SHUTDOWN_GRACE_MS: "200" })
  const answerer = Layer.succeed(Answerer, Answerer.of({ answer }))
  const database = Layer.unwrap(Effect.map(Effect.fromOption(config.databaseUrl), (at) => postgresDatabase(at, config)))
  const layer = runtimeServices(config, { worker, answerer }).pipe(
    Layer.provide(Layer.merge(database, CipherPlain)),
    Layer.provideMerge(telemetry("test", config))
  )
  const runtime = ManagedRuntime.make(layer)
  await runtime.context()
  return { run: (effect) => runtime.runPromise(effect), stop: () => runtime.dispose() }
}

export const newWorkspace = Effect.gen(function* () {
  const ids = yield* Ids
  const agent = { id: yield* ids.agentId, name: "Butler" }
  const { id } = yield* (yield* Workspaces).create({ id: yield* ids.workspaceId, name: "Test" }, agent)
  return id
})
