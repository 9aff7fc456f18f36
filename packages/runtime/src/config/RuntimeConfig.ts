import { modelSettings, operatorModel, type OperatorModel } from "@butler/agent"
import { ToolCommands } from "@butler/tools"
import { makeEgressPolicy } from "@butler/webhooks/egress"
import { Config, Effect, Result, Schema, SchemaGetter } from "effect"
import { KEY_BYTES } from "../secret/makeCipher.ts"
import { ConfigInvalid, type Setting, setting, urlOf, wholeNumber } from "./setting.ts"

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

/** An endpoint of the operator's, by the variables that begin so; the name of its model is in `_MODEL`. */
const endpoint = (prefix: string, its: string) => ({
  url: setting(
    `${prefix}_URL`,
    "must be an http or https URL",
    Config.option(Config.schema(urlOf("http:", "https:"), `${prefix}_URL`))
  ),
  name: setting(
    `${prefix}_MODEL`,
    `must be the name of ${its}`,
    Config.option(Config.NonEmptyString(`${prefix}_MODEL`))
  ),
  key: setting(`${prefix}_KEY`, "must be a key", Config.option(Config.Redacted(`${prefix}_KEY`)))
})
const embeddings = endpoint("BUTLER_EMBEDDINGS", "a model that makes vectors")
const reranker = endpoint("BUTLER_RERANK", "a model that ranks texts")
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
  ...Object.values(embeddings),
  ...Object.values(reranker),
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
  embeddings: Config.all({ url: embeddings.url.config, model: embeddings.name.config, apiKey: embeddings.key.config }),
  reranker: Config.all({ url: reranker.url.config, model: reranker.name.config, apiKey: reranker.key.config }),
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

type Endpoints = "model" | "embeddings" | "reranker"

/** The operator's endpoints; null: there is none. */
type Operators = { readonly [Each in Endpoints]: OperatorModel | null }

/** What every process knows of its environment. */
export type RuntimeConfig = Omit<Read, Endpoints> & Operators

/** An endpoint without the name of a model is a mistake, and so is a name without an endpoint. */
const whole = (
  read: Parameters<typeof operatorModel>[0],
  url: Setting<unknown>,
  name: Setting<unknown>
): Effect.Effect<OperatorModel | null, ConfigInvalid> => {
  const operator = operatorModel(read)
  return operator === "incomplete"
    ? Effect.fail(new ConfigInvalid({ settings: [`${url.name} and ${name.name} must be set together`] }))
    : Effect.succeed(operator)
}

/**
 * The operator's model answers for agents that have none of their own; null: the knowledge alone does. The endpoints for vectors
 * and ranking refine its searches.
 */
export const withModel = <A extends Pick<Read, Endpoints>>({
  embeddings: vectors,
  model,
  reranker: ranking,
  ...rest
}: A): Effect.Effect<Omit<A, Endpoints> & Operators, ConfigInvalid> =>
  Effect.map(
    Effect.all({
      model: whole(model, modelUrl, modelName),
      embeddings: whole(vectors, embeddings.url, embeddings.name),
      reranker: whole(ranking, reranker.url, reranker.name)
    }),
    (operators) => ({ ...rest, ...operators })
  )
