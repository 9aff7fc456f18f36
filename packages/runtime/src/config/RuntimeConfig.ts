import { modelSettings, operatorModel, type OperatorModel } from "@butler/agent"
import { ToolCommands } from "@butler/tools"
import { makeEgressPolicy } from "@butler/webhooks/egress"
import { Config, Effect, Result, Schema, SchemaGetter } from "effect"
import { KEY_BYTES } from "../secret/makeCipher.ts"
import { ConfigInvalid, setting, urlOf, wholeNumber } from "./setting.ts"

const LEVELS = ["All", "Trace", "Debug", "Info", "Warn", "Error", "Fatal", "None"] as const

const logLevel = Schema.String.pipe(
  Schema.decodeTo(Schema.String, {
    decode: SchemaGetter.transform(
      (text: string) => LEVELS.find((level) => level.toLowerCase() === text.toLowerCase()) ?? text
    ),
    encode: SchemaGetter.passthrough()
  }),
  Schema.decodeTo(Schema.Literals(LEVELS))
)

const isEgressEntry = (text: string): boolean => Result.isSuccess(makeEgressPolicy([text]))

const databaseUrl = setting(
  "DATABASE_URL",
  "must be a URL of the form postgres://user:password@host:5432/database",
  Config.option(Config.schema(Schema.RedactedFromValue(urlOf("postgres:", "postgresql:")), "DATABASE_URL"))
)
const poolSize = wholeNumber("BUTLER_DATABASE_CONNECTIONS", 1, 500, 10)
const level = setting(
  "LOG_LEVEL",
  `must be one of ${LEVELS.join(", ")}`,
  Config.schema(logLevel, "LOG_LEVEL").pipe(Config.withDefault("Info" as const))
)
const otlp = setting(
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "must be an http or https URL",
  Config.option(Config.schema(urlOf("http:", "https:"), "OTEL_EXPORTER_OTLP_ENDPOINT"))
)
const graceMs = wholeNumber("BUTLER_SHUTDOWN_GRACE_MS", 0, 600_000, 5000)
const leaseMs = wholeNumber("BUTLER_LEASE_MS", 500, 600_000, 30_000)
const turnConcurrency = wholeNumber("BUTLER_TURN_CONCURRENCY", 1, 10_000, 64)
const deliveryConcurrency = wholeNumber("BUTLER_DELIVERY_CONCURRENCY", 1, 10_000, 512)
const ingestionConcurrency = wholeNumber("BUTLER_INGESTION_CONCURRENCY", 1, 64, 2)

const modelUrl = setting("BUTLER_MODEL_URL", "must be an http or https URL", modelSettings.url)
const modelName = setting("BUTLER_MODEL", "must be the name of a model", modelSettings.model)
const modelKey = setting("BUTLER_MODEL_KEY", "must be a key", modelSettings.apiKey)
const egressAllow = setting(
  "BUTLER_EGRESS_ALLOW",
  "must be addresses, CIDR ranges and host names, separated by commas",
  Config.Array(Schema.String.check(Schema.makeFilter(isEgressEntry)), "BUTLER_EGRESS_ALLOW").pipe(
    Config.withDefault([])
  )
)

const toolCommands = setting(
  "BUTLER_TOOL_COMMANDS",
  'must be JSON of the form {"name": {"command": "…", "args": ["…"], "env": {"NAME": "…"}}}',
  Config.schema(Schema.fromJsonString(ToolCommands), "BUTLER_TOOL_COMMANDS").pipe(Config.withDefault({}))
)
const path = setting("PATH", "must be a list of folders", Config.String("PATH").pipe(Config.withDefault("")))

const isEncryptionKey = (text: string): boolean =>
  /^[A-Za-z0-9+/]+={0,2}$/.test(text) && Buffer.from(text, "base64").length === KEY_BYTES

const encryptionKeys = setting(
  "BUTLER_ENCRYPTION_KEY",
  "must be 32 bytes in base64, or several such keys separated by commas",
  Config.Array(
    Schema.RedactedFromValue(Schema.String.check(Schema.makeFilter(isEncryptionKey))),
    "BUTLER_ENCRYPTION_KEY"
  ).pipe(Config.withDefault([]))
)

/** The settings that every process has. */
export const runtimeSettings = [
  databaseUrl,
  poolSize,
  level,
  otlp,
  graceMs,
  leaseMs,
  turnConcurrency,
  deliveryConcurrency,
  ingestionConcurrency,
  modelUrl,
  modelName,
  modelKey,
  egressAllow,
  toolCommands,
  path,
  encryptionKeys
]

export const runtimeConfig = {
  /** None: the database is embedded. */
  databaseUrl: databaseUrl.config,
  poolSize: poolSize.config,
  logLevel: level.config,
  otlpEndpoint: otlp.config,
  /** How long requests, turns and deliveries in flight are waited for when the process is told to stop. */
  graceMs: graceMs.config,
  /** For how long work is leased; a lease is prolonged six times as often. */
  leaseMs: leaseMs.config,
  turnConcurrency: turnConcurrency.config,
  deliveryConcurrency: deliveryConcurrency.config,
  ingestionConcurrency: ingestionConcurrency.config,
  model: Config.all({ url: modelUrl.config, model: modelName.config, apiKey: modelKey.config }),
  /** What callers' URLs may lead to beside the public internet. */
  egressAllow: egressAllow.config,
  /** What stored secrets are encrypted with: the first encrypts, all decrypt. */
  encryptionKeys: encryptionKeys.config,
  /** Programs that serve tools, which a workspace may have run by name. */
  toolCommands: toolCommands.config,
  /** Where they are looked for. */
  path: path.config
}

const runtime = Config.all(runtimeConfig)

type Read = Config.Success<typeof runtime>

/** What every process knows of its environment. */
export type RuntimeConfig = Omit<Read, "model"> & { readonly model: OperatorModel | null }

/** The operator's model answers for agents that have none of their own; null: the knowledge alone does. */
export const withModel = <A extends Pick<Read, "model">>({
  model,
  ...rest
}: A): Effect.Effect<Omit<A, "model"> & { readonly model: OperatorModel | null }, ConfigInvalid> => {
  const operator = operatorModel(model)
  return operator === "incomplete"
    ? Effect.fail(new ConfigInvalid({ settings: [`${modelUrl.name} and ${modelName.name} must be set together`] }))
    : Effect.succeed({ ...rest, model: operator })
}
