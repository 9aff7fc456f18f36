import { readFileSync } from "node:fs"
import { createSecureContext } from "node:tls"
import { ConfigInvalid, setting } from "@butler/runtime"
import { Config, Effect, Option, Schema } from "effect"

const isOrigin = (text: string): boolean => text === "*" || (URL.canParse(text) && new URL(text).origin === text)

const tlsCert = setting("BUTLER_TLS_CERT", "must be a path", Config.option(Config.NonEmptyString("BUTLER_TLS_CERT")))
const tlsKey = setting("BUTLER_TLS_KEY", "must be a path", Config.option(Config.NonEmptyString("BUTLER_TLS_KEY")))
const corsOrigins = setting(
  "BUTLER_CORS_ORIGINS",
  "must be *, off, or origins such as https://example.com, separated by commas",
  Config.schema(Schema.Literal("off"), "BUTLER_CORS_ORIGINS").pipe(
    Config.map((): ReadonlyArray<string> => []),
    Config.orElse(() => Config.Array(Schema.String.check(Schema.makeFilter(isOrigin)), "BUTLER_CORS_ORIGINS")),
    Config.withDefault<ReadonlyArray<string>>(["*"])
  )
)
const trustProxy = setting(
  "BUTLER_TRUST_PROXY",
  "must be loopback, linklocal, uniquelocal, addresses or CIDR ranges, separated by commas",
  Config.Array(
    Schema.String.check(Schema.isPattern(/^(?:loopback|linklocal|uniquelocal|[\d.a-f:]+(?:\/\d{1,3})?)$/i)),
    "BUTLER_TRUST_PROXY"
  ).pipe(Config.withDefault<ReadonlyArray<string>>(["loopback", "linklocal", "uniquelocal"]))
)

/** The settings of how HTTP is served. */
export const httpSettings = [tlsCert, tlsKey, corsOrigins, trustProxy]

export const httpConfig = {
  tls: Config.all({ cert: tlsCert.config, key: tlsKey.config }),
  /** Origins of the web pages that may call the API; `*` is any. */
  corsOrigins: corsOrigins.config,
  /** Whose `X-Forwarded-Proto` and `X-Forwarded-Host` are believed. */
  trustProxy: trustProxy.config
}

/** A certificate with its key. */
export interface Tls {
  readonly cert: Buffer
  readonly key: Buffer
}

const INCOMPLETE = new ConfigInvalid({
  settings: ["BUTLER_TLS_CERT and BUTLER_TLS_KEY must be set together, to PEM files of a certificate and its key"]
})

const read = (certPath: string, keyPath: string): Tls => {
  const tls = { cert: readFileSync(certPath), key: readFileSync(keyPath) }
  createSecureContext(tls)
  return tls
}

/** Reads the certificate; null: HTTP is served in clear. */
export const withTls = <A extends { readonly tls: Readonly<Record<"cert" | "key", Option.Option<string>>> }>({
  tls: { cert, key },
  ...rest
}: A): Effect.Effect<Omit<A, "tls"> & { readonly tls: Tls | null }, ConfigInvalid> => {
  if (Option.isNone(cert) && Option.isNone(key)) return Effect.succeed({ ...rest, tls: null })
  if (Option.isNone(cert) || Option.isNone(key)) return INCOMPLETE
  return Effect.try({
    try: () => ({ ...rest, tls: read(cert.value, key.value) }),
    catch: () => INCOMPLETE
  })
}
