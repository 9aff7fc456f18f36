import { lookup, Resolver } from "node:dns/promises"
import { isIPv4 } from "node:net"

/** The addresses of a name. Rejects as `node:dns` does. */
export type ResolveHost = (hostname: string) => Promise<ReadonlyArray<string>>

const LOOPBACK = ["127.0.0.1", "::1"]

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "ENOTFOUND" || error.code === "ENODATA")

const rejections = (results: ReadonlyArray<PromiseSettledResult<unknown>>): ReadonlyArray<unknown> =>
  results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []))

/**
 * Asks the name servers without the system's resolver, whose four threads a name server that hangs would take from
 * everybody else; it is asked only for what DNS says does not exist, since it may stand in the hosts file. `localhost` is
 * this machine (RFC 6761), whatever anybody answers.
 */
export const makeResolveHost = (): ResolveHost => {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  return async (hostname) => {
    if (/(?:^|\.)localhost\.?$/i.test(hostname)) return LOOPBACK
    const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)])
    const addresses = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []))
    if (addresses.length > 0) return addresses
    const reasons = rejections(answers)
    const grave = reasons.find((reason) => !isAbsent(reason))
    if (grave !== undefined) throw grave
    return (await lookup(hostname, { all: true })).map(({ address }) => address)
  }
}

/** In the form `net.connect` takes. */
export const withFamily = (address: string) => ({ address, family: isIPv4(address) ? 4 : 6 })
