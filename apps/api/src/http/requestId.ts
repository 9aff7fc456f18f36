import { randomUUID } from "node:crypto"
import type { IncomingMessage } from "node:http"

/** Long enough for every gateway's own form, and nothing that could break out of a log line or a header. */
const SANE = /^[\w.:/+=@-]{1,128}$/

/** The caller's `x-request-id`, so that its logs and ours can be joined, or a new one. */
export const requestIdOf = (request: IncomingMessage): string => {
  const given = request.headers["x-request-id"]
  return typeof given === "string" && SANE.test(given) ? given : randomUUID()
}
