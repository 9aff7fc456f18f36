import { BUSINESS_TYPE } from "./messageEvent.ts"

/** Names that an endpoint's own headers may not have: those we set, and those that steer the connection. */
const OURS: ReadonlySet<string> = new Set([
  "accept",
  "accept-encoding",
  "business-type",
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "expect",
  "host",
  "http2-settings",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "staff_id",
  "te",
  "tenant_id",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
  "webhook-id",
  "webhook-signature",
  "webhook-timestamp",
  "x-nct-time",
  "x-staff-id",
  "x-tenant-id"
])

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/
const VALUE = /^[\t\x20-\x7e\x80-\xff]{0,4096}$/
const MAX_HEADERS = 20

/** Why extra headers cannot be sent, by the name of each that is wrong; empty when all can. */
export const headerFlaws = (headers: Readonly<Record<string, string>>): ReadonlyArray<readonly [string, string]> => {
  const names = Object.keys(headers)
  const seen = new Set<string>()
  const flaws = names.flatMap((name): ReadonlyArray<readonly [string, string]> => {
    const lower = name.toLowerCase()
    const repeated = seen.has(lower)
    seen.add(lower)
    if (!NAME.test(name)) return [[name, "is not a header name"]]
    if (OURS.has(lower)) return [[name, "is set by the sender and cannot be replaced"]]
    if (repeated) return [[name, "is given twice"]]
    return VALUE.test(headers[name] ?? "") ? [] : [[name, "has characters that no header can hold, or more than 4,096"]]
  })
  return names.length <= MAX_HEADERS ? flaws : [...flaws, ["", `must hold at most ${MAX_HEADERS} headers`]]
}

const POSTED = {
  "content-type": "application/json",
  accept: "*/*",
  "accept-encoding": "identity",
  "user-agent": "Butler-Webhooks/1"
}

/** The headers of every request of a chatbot's own webhook but for the signature's. */
export const chatbotHeaders = (token: string | null) => ({
  ...POSTED,
  ...(token !== null && { "X-WEBHOOK-TOKEN": token })
})

/** The headers of every other request (contract 4.2) but for the signature's; `now` in milliseconds. */
export const deliveryHeaders = (tenantId: string, staffId: string, now: number) => ({
  ...POSTED,
  TENANT_ID: tenantId,
  STAFF_ID: staffId,
  "x-tenant-id": tenantId,
  "x-staff-id": staffId,
  "x-nct-time": String(now),
  "business-type": String(BUSINESS_TYPE)
})
