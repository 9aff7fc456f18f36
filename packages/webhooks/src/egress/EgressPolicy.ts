import { Result, Schema } from "effect"
import { blockList, holds, isPublic, parseRange, type Range, unmapped } from "./addresses.ts"

/** What may be reached: the public internet, and what an operator has opened on purpose. */
export interface EgressPolicy {
  /** A name that is open whatever addresses it has. */
  readonly opensHost: (hostname: string) => boolean
  readonly permits: (address: string) => boolean
}

/** An entry of the allow list is neither an address, a CIDR nor a host name. */
export class InvalidEgressEntry extends Schema.TaggedError<InvalidEgressEntry>()("InvalidEgressEntry", {
  entry: Schema.String
}) {
  override get message(): string {
    return `"${this.entry}" is neither an address, a CIDR range nor a host name`
  }
}

const HOST = /^(?:\*\.)?[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/

/** A name as it is compared: lower case, without the root's dot. */
export const canonicalHost = (hostname: string): string => hostname.toLowerCase().replace(/\.$/, "")

/** Whether a name is the pattern, or below it when that is `*.example.com`. */
export const matchesHost = (pattern: string, hostname: string): boolean =>
  pattern.startsWith("*.") ? hostname.endsWith(pattern.slice(1)) : hostname === pattern

const parseEntry = (text: string): Result.Result<Range | string, InvalidEgressEntry> => {
  const range = parseRange(text)
  if (range !== null) return Result.succeed(range)
  const host = canonicalHost(text)
  // A last label of digits alone is an IPv4 address to a URL parser, never a name.
  return HOST.test(host) && !/(?:^|\.)\d+$/.test(host)
    ? Result.succeed(host)
    : Result.fail(new InvalidEgressEntry({ entry: text }))
}

/** The policy of an allow list: CIDR ranges, addresses, host names, and `*.` for all names below one. */
export const makeEgressPolicy = (allow: ReadonlyArray<string>): Result.Result<EgressPolicy, InvalidEgressEntry> =>
  Result.map(
    Result.all(
      allow
        .map((entry) => entry.trim())
        .filter((entry) => entry !== "")
        .map(parseEntry)
    ),
    (entries) => {
      const hosts = entries.filter((entry) => typeof entry === "string")
      const opened = blockList(entries.filter((entry) => typeof entry !== "string"))
      return {
        opensHost: (hostname) => hosts.some((pattern) => matchesHost(pattern, canonicalHost(hostname))),
        permits: (address) => isPublic(address) || holds(opened, unmapped(address).replace(/%.*$/, ""))
      }
    }
  )
