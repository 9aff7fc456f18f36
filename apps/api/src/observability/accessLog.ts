import { writeLine } from "@butler/runtime"
import type { FastifyReply, FastifyRequest } from "fastify"
import { countRequest } from "./httpMetrics.ts"

/** Requests to no route are counted as one: a scanner must not fill the memory with its paths. */
const UNKNOWN_ROUTE = "unknown"

/** One line and one count for each answered request; never a key, a path's ids, or what a message says. */
export const logAccess = (request: FastifyRequest, reply: FastifyReply, enabled: boolean): void => {
  const route = request.routeOptions.url ?? UNKNOWN_ROUTE
  const milliseconds = Math.round(reply.elapsedTime * 100) / 100
  countRequest(request.method, route, reply.statusCode, milliseconds)
  if (!enabled) return
  writeLine(
    JSON.stringify({
      timestamp: new Date().toISOString(),
      level: "INFO",
      message: "request",
      method: request.method,
      route,
      status: reply.statusCode,
      ms: milliseconds,
      requestId: request.id,
      ...(request.caller !== null && { workspaceId: request.caller.workspaceId })
    })
  )
}
