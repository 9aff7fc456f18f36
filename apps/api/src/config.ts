import { parseApiKey } from "@butler/domain"
import { loadConfig, runtimeConfig, runtimeSettings, setting, wholeNumber, withModel } from "@butler/runtime"
import { Config, Context, Effect, Layer, Option, Redacted, Schema } from "effect"
import { httpConfig, httpSettings, withTls } from "./http/httpSettings.ts"

const apiKey = Schema.String.check(Schema.makeFilter((text: string) => parseApiKey(text) !== null))

const port = wholeNumber("PORT", 0, 65_535, 3000)
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
const sample = setting(
  "BUTLER_SAMPLE",
  "must be on or off",
  Config.Literals(["on", "off"], "BUTLER_SAMPLE").pipe(Config.withDefault("on" as const))
)
const bodyLimit = wholeNumber("BUTLER_BODY_LIMIT", 1024, 1_073_741_824, 1_048_576)
const documentLimit = wholeNumber("BUTLER_DOCUMENT_LIMIT", 1024, 1_073_741_824, 16_777_216)
const uploadLimit = wholeNumber("BUTLER_UPLOAD_LIMIT", 1024, 1_073_741_824, 52_428_800)
const ratePerMinute = wholeNumber("BUTLER_RATE_PER_MINUTE", 0, 1_000_000, 100)
const worker = setting(
  "BUTLER_WORKER",
  "must be inline or off",
  Config.Literals(["inline", "off"], "BUTLER_WORKER").pipe(Config.withDefault("inline" as const))
)

const all = [
  ...runtimeSettings,
  ...httpSettings,
  port,
  host,
  home,
  bootstrapKey,
  sample,
  bodyLimit,
  documentLimit,
  uploadLimit,
  worker,
  ratePerMinute
]

const settings = Config.all({
  ...runtimeConfig,
  ...httpConfig,
  port: port.config,
  host: host.config,
  /** Of the embedded database, relative to the working directory. */
  home: home.config,
  bootstrapKey: bootstrapKey.config,
  sample: sample.config,
  bodyLimit: bodyLimit.config,
  documentLimit: documentLimit.config,
  uploadLimit: uploadLimit.config,
  /** Whether this process claims turns and sends deliveries; nobody else can on the embedded database. */
  worker: worker.config,
  /** How many requests a minute a key may make that has no limit of its own; 0 for any number. */
  ratePerMinute: ratePerMinute.config
})

const load = loadConfig(settings, all).pipe(Effect.flatMap(withModel), Effect.flatMap(withTls))

/** Every setting of the process, read from the environment once. */
export class AppConfig extends Context.Service<AppConfig, Effect.Success<typeof load>>()("@butler/api/AppConfig") {
  static readonly load = load
  static readonly layer = Layer.effect(AppConfig, AppConfig.load)
}

/** The text of an optional secret; null when it is not set. */
export const revealed = (secret: Option.Option<Redacted.Redacted>): string | null =>
  Option.getOrNull(Option.map(secret, Redacted.value))
