import { modelSettings, operatorModel } from "@butler/agent"
import { Config, Context, Effect, Layer, Option, Redacted, Result, Schema, SchemaGetter } from "effect"
import { parseApiKey } from "@butler/domain"
import { makeEgressPolicy } from "@butler/webhooks/egress"

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

const between = (minimum: number, maximum: number) =>
  Schema.NumberFromString.check(Schema.isInt(), Schema.isBetween({ minimum, maximum }))

const urlOf = (...protocols: ReadonlyArray<string>) =>
  Schema.String.check(
    Schema.makeFilter((text: string) => URL.canParse(text) && protocols.includes(new URL(text).protocol))
  )

const apiKey = Schema.String.check(Schema.makeFilter((text: string) => parseApiKey(text) !== null))

const isEgressEntry = (text: string): boolean => Result.isSuccess(makeEgressPolicy([text]))

/** The wrong settings by name, and what each must be. Values are never repeated: some are secret. */
export class ConfigInvalid extends Schema.TaggedError<ConfigInvalid>()("ConfigInvalid", {
  settings: Schema.Array(Schema.String)
}) {
  override get message(): string {
    return `the configuration is not valid: ${this.settings.join("; ")}`
  }
}

const setting = <A>(name: string, must: string, config: Config.Config<A>) => ({ name, must, config })

const number = (name: string, minimum: number, maximum: number, fallback: number) =>
  setting(
    name,
    `must be a whole number from ${minimum} to ${maximum}`,
    Config.schema(between(minimum, maximum), name).pipe(Config.withDefault(fallback))
  )

const port = number("PORT", 0, 65_535, 3000)
const host = setting("HOST", "must be an address", Config.NonEmptyString("HOST").pipe(Config.withDefault("127.0.0.1")))
const home = setting(
  "BUTLER_HOME",
  "must be a folder",
  Config.NonEmptyString("BUTLER_HOME").pipe(Config.withDefault(".butler"))
)
const bootstrapKey = setting(
  "BUTLER_BOOTSTRAP_KEY",
  "must have the form bk_<16 of a-z0-9>_<43 of A-Za-z0-9_->",
  Config.option(Config.schema(Schema.RedactedFromValue(apiKey), "BUTLER_BOOTSTRAP_KEY"))
)
const databaseUrl = setting(
  "DATABASE_URL",
  "must be a URL of the form postgres://user:password@host:5432/database",
  Config.option(Config.schema(Schema.RedactedFromValue(urlOf("postgres:", "postgresql:")), "DATABASE_URL"))
)
const poolSize = number("BUTLER_DATABASE_CONNECTIONS", 1, 500, 10)
const sample = setting(
  "BUTLER_SAMPLE",
  "must be on or off",
  Config.Literals(["on", "off"], "BUTLER_SAMPLE").pipe(Config.withDefault("on" as const))
)
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
const bodyLimit = number("BUTLER_BODY_LIMIT", 1024, 1_073_741_824, 1_048_576)
const documentLimit = number("BUTLER_DOCUMENT_LIMIT", 1024, 1_073_741_824, 16_777_216)
const graceMs = number("BUTLER_SHUTDOWN_GRACE_MS", 0, 600_000, 5000)

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

const all: ReadonlyArray<{ readonly name: string; readonly must: string; readonly config: Config.Config<unknown> }> = [
  port,
  host,
  home,
  bootstrapKey,
  databaseUrl,
  poolSize,
  sample,
  level,
  otlp,
  bodyLimit,
  documentLimit,
  graceMs,
  modelUrl,
  modelName,
  modelKey,
  egressAllow
]

const wrongSettings = Effect.forEach(all, ({ name, must, config }) =>
  Effect.match(config, { onSuccess: () => [], onFailure: () => [`${name} ${must}`] })
)

const settings = Config.all({
  port: port.config,
  host: host.config,
  /** Of the embedded database, relative to the working directory. */
  home: home.config,
  bootstrapKey: bootstrapKey.config,
  /** None: the database is embedded. */
  databaseUrl: databaseUrl.config,
  poolSize: poolSize.config,
  sample: sample.config,
  logLevel: level.config,
  otlpEndpoint: otlp.config,
  bodyLimit: bodyLimit.config,
  documentLimit: documentLimit.config,
  /** How long requests and turns in flight are waited for when the process is told to stop. */
  graceMs: graceMs.config,
  model: Config.all({ url: modelUrl.config, model: modelName.config, apiKey: modelKey.config }),
  /** What callers' URLs may lead to beside the public internet. */
  egressAllow: egressAllow.config
})

/** The operator's model answers for agents that have none of their own; null: the knowledge alone does. */
const withModel = Effect.fnUntraced(function* ({ model, ...rest }: Config.Success<typeof settings>) {
  const operator = operatorModel(model)
  if (operator !== "incomplete") return { ...rest, model: operator }
  const wrong = [`${modelUrl.name} and ${modelName.name} must be set together`]
  return yield* new ConfigInvalid({ settings: wrong })
})

/** Every setting of the process, read from the environment once. */
export class AppConfig extends Context.Service<AppConfig, Effect.Success<ReturnType<typeof withModel>>>()(
  "@butler/api/AppConfig"
) {
  static readonly load = settings.pipe(
    Effect.catch(() =>
      Effect.flatMap(wrongSettings, (wrong) => Effect.fail(new ConfigInvalid({ settings: wrong.flat() })))
    ),
    Effect.flatMap(withModel)
  )
  static readonly layer = Layer.effect(AppConfig, AppConfig.load)
}

/** The text of an optional secret; null when it is not set. */
export const revealed = (secret: Option.Option<Redacted.Redacted>): string | null =>
  Option.getOrNull(Option.map(secret, Redacted.value))
