import { BlockList, isIP, isIPv4 } from "node:net"

/** IPv4 ranges that are not the public internet (IANA's special-purpose registry), and one that only looks as if it were. */
const DENIED_IPV4 = [
  "0.0.0.0/8", // this network; Linux dials itself
  "10.0.0.0/8",
  "100.64.0.0/10", // carrier-grade NAT; Alibaba's metadata service
  "127.0.0.0/8",
  "168.63.129.16/32", // Azure's host: public by number, private by use
  "169.254.0.0/16", // link-local: most clouds' metadata services
  "172.16.0.0/12",
  "192.0.0.0/24", // protocol assignments; Oracle's metadata service
  "192.0.2.0/24", // documentation
  "192.31.196.0/24", // AS112
  "192.52.193.0/24", // AMT
  "192.88.99.0/24", // 6to4 relays
  "192.168.0.0/16",
  "192.175.48.0/24", // AS112
  "198.18.0.0/15", // benchmarks
  "198.51.100.0/24", // documentation
  "203.0.113.0/24", // documentation
  "224.0.0.0/4", // multicast
  "240.0.0.0/4" // reserved, and broadcast
]

/** All that IANA has given out for the public internet. */
const PUBLIC_IPV6 = "2000::/3"

const DENIED_IPV6 = [
  "2001::/23", // protocol assignments: Teredo, ORCHID, benchmarks
  "2001:db8::/32", // documentation
  "2002::/16", // 6to4: carries any IPv4 address
  "2620:4f:8000::/48", // AS112
  "3fff::/20" // documentation
]

/** `192.168.0.0/16`, `fd00::/8` or one address. */
export interface Range {
  readonly address: string
  readonly bits: number
  readonly family: "ipv4" | "ipv6"
}

/** The range a text names; null when it names none. */
export const parseRange = (text: string): Range | null => {
  const [, address, bits] = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  if (address === undefined || isIP(address) === 0) return null
  const family = isIPv4(address) ? "ipv4" : "ipv6"
  const longest = family === "ipv4" ? 32 : 128
  const length = bits === undefined ? longest : Number(bits)
  return length <= longest ? { address, bits: length, family } : null
}

export const blockList = (ranges: ReadonlyArray<Range>): BlockList => {
  const list = new BlockList()
  for (const { address, bits, family } of ranges) list.addSubnet(address, bits, family)
  return list
}

const listOf = (texts: ReadonlyArray<string>): BlockList =>
  blockList(texts.map(parseRange).filter((range) => range !== null))

const denied = listOf([...DENIED_IPV4, ...DENIED_IPV6])
const publicIpv6 = listOf([PUBLIC_IPV6])

const MAPPED = /^(?:::ffff:|(?:0{1,4}:){5}ffff:)(?:(\d+\.\d+\.\d+\.\d+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/i

/** An IPv4-mapped IPv6 address as the IPv4 address that the system would dial; any other address as it is. */
export const unmapped = (address: string): string => {
  const [, dotted, high, low] = MAPPED.exec(address) ?? []
  if (dotted !== undefined) return dotted
  if (high === undefined || low === undefined) return address
  const value = Number.parseInt(high, 16) * 0x10000 + Number.parseInt(low, 16)
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join(".")
}

/** Whether a list holds an address; false for what is no address. */
export const holds = (list: BlockList, address: string): boolean => {
  const family = isIP(address)
  return family !== 0 && list.check(address, family === 4 ? "ipv4" : "ipv6")
}

/** Whether an address belongs to the public internet. What is no address, or bears a zone, does not. */
export const isPublic = (address: string): boolean => {
  const judged = unmapped(address)
  if (judged.includes("%") || isIP(judged) === 0 || holds(denied, judged)) return false
  return isIPv4(judged) || holds(publicIpv6, judged)
}
