import { isIP, type LookupFunction } from "node:net"
import { buildConnector } from "undici"
import type { EgressPolicy } from "./EgressPolicy.ts"
import { EgressRefused } from "./EgressRefused.ts"
import { type ResolveHost, withFamily } from "./resolveHost.ts"

export interface GuardedConnectorOptions {
  readonly policy: EgressPolicy
  readonly resolve: ResolveHost
  readonly connectTimeoutMs: number
  /** Trusted authorities beside the system's, PEM. */
  readonly ca?: string
}

const asError = (cause: unknown): Error => (cause instanceof Error ? cause : new Error(String(cause)))

/** Looks a name up once and gives on only what may be dialled, so that a changed answer has nothing to change. */
const guardedLookup =
  ({ policy, resolve }: GuardedConnectorOptions): LookupFunction =>
  (hostname, options, callback) => {
    const answer = (addresses: ReadonlyArray<string>): void => {
      const open = policy.opensHost(hostname)
      const permitted = addresses.filter((address) => open || policy.permits(address)).map(withFamily)
      const wanted = permitted.filter(({ family }) => options.family === family)
      const [first] = wanted.length > 0 ? wanted : permitted
      if (first === undefined)
        callback(new EgressRefused({ reason: `${hostname} has no address that may be reached` }), [])
      else if (options.all === true) callback(null, permitted)
      else callback(null, first.address, first.family)
    }
    const fail = (cause: unknown): void => callback(asError(cause), [])
    resolve(hostname).then(answer, fail)
  }

/**
 * A connector that judges each address at the moment it is dialled: what a name resolves to in its lookup, IP literals
 * here (no lookup is made for them), and the peer of the finished connection once more before a byte is sent.
 */
export const guardedConnector = (options: GuardedConnectorOptions): buildConnector.connector => {
  const { ca, connectTimeoutMs, policy } = options
  const dial = buildConnector({
    allowH2: false,
    timeout: connectTimeoutMs,
    lookup: guardedLookup(options),
    autoSelectFamily: true,
    ...(ca !== undefined && { ca })
  })
  return (target, callback) => {
    const host = target.hostname.replace(/^\[(.*)\]$/, "$1")
    const open = policy.opensHost(host)
    const refuse = (): void => callback(new EgressRefused({ reason: `${host} may not be reached` }), null)
    if (isIP(host) !== 0 && !open && !policy.permits(host)) return refuse()
    dial({ ...target, hostname: host }, (...result) => {
      const [error, socket] = result
      if (error !== null) return callback(error, null)
      if (open || policy.permits(socket.remoteAddress ?? "")) return callback(null, socket)
      socket.destroy()
      refuse()
    })
  }
}
