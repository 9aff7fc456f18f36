import type { FastifyRequest } from "fastify"
import type { Caller } from "./Caller.ts"

/** Who asks. A handler without `Requires` must not call this. */
export const callerOf = (request: FastifyRequest): Caller => {
  if (request.caller === null) throw new Error(`${request.routeOptions.url ?? "the route"} requires no key`)
  return request.caller
}
