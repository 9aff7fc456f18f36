import { isIP } from "node:net"
import { Effect, Option } from "effect"
import type { EgressPolicy } from "./EgressPolicy.ts"
import { EgressRefused } from "./EgressRefused.ts"
import type { ResolveHost } from "./resolveHost.ts"

const MAX_LENGTH = 2_048

/** Long enough for a name server nearby. Whoever is slower is judged when dialled, like everybody else. */
const RESOLVE_MS = 500

const flawOf = (text: string, policy: EgressPolicy): string | URL => {
  if (text.length > MAX_LENGTH) return `must have at most ${MAX_LENGTH} characters`
  const url = URL.parse(text)
  if (url === null) return "must be an absolute URL"
  if (url.protocol !== "http:" && url.protocol !== "https:") return "must begin with http:// or https://"
  if (url.username !== "" || url.password !== "") return "must not hold a user name or password"
  // All other ports are open: who runs a service on an odd port is in the right, and it is the address that is guarded.
  if (url.port === "0") return "must not name port 0"
  // The parser has brought every spelling of an IPv4 address (0x7f.1, 2130706433, 0177.0.0.1, ①②⑦.1) into the usual one.
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1")
  if (isIP(host) !== 0 && !policy.opensHost(host) && !policy.permits(host)) {
    return `must not lead to ${host}: it is not an address of the public internet`
  }
  return url
}

/**
 * Whether a URL may be called, as far as can be told beforehand: its form, and where its name leads now. A name without an
 * answer passes, since that may change and is not the caller's fault; what it leads to is judged again when it is dialled.
 */
export const judgeUrl = (policy: EgressPolicy, resolve: ResolveHost) =>
  Effect.fn("Egress.judge")(function* (text: string) {
    const url = flawOf(text, policy)
    if (typeof url === "string") return yield* new EgressRefused({ reason: url })
    const host = url.hostname
    if (isIP(host) !== 0 || host.startsWith("[") || policy.opensHost(host)) return url
    const addresses = yield* Effect.tryPromise(() => resolve(host)).pipe(
      Effect.timeout(RESOLVE_MS),
      Effect.option,
      Effect.map(Option.getOrElse((): ReadonlyArray<string> => []))
    )
    if (addresses.length > 0 && !addresses.some(policy.permits)) {
      return yield* new EgressRefused({ reason: `must not lead to ${host}: it has no address of the public internet` })
    }
    return url
  })
