import cors, { type FastifyCorsOptions, type FastifyCorsOptionsDelegateCallback } from "@fastify/cors"
import type { FastifyInstance, FastifyRequest } from "fastify"

/** The faces; what needs no key beside them, such as the metrics, is no web page's business. */
const FACES = /^\/(?:api|v1)\//

const DAY_S = 86_400

/** `OPTIONS` as a browser sends it before a request; any other is a method like the rest. */
export const isPreflight = ({ headers, method }: FastifyRequest): boolean =>
  method === "OPTIONS" && headers.origin !== undefined && headers["access-control-request-method"] !== undefined

const NONE: FastifyCorsOptions = { origin: false }

/**
 * Lets web pages call the API with a key of their own; there are no cookies that a page could borrow. Has to come before all other
 * hooks, so that pages can read refusals, too.
 */
export const allowOrigins = async (server: FastifyInstance, origins: ReadonlyArray<string>): Promise<void> => {
  const allowed: FastifyCorsOptions = {
    origin: [...origins],
    methods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
    exposedHeaders: ["retry-after", "ratelimit", "ratelimit-policy", "x-request-id"],
    maxAge: DAY_S
  }
  const plain: FastifyCorsOptions = { ...allowed, preflight: false }
  const choose: FastifyCorsOptionsDelegateCallback = (request, callback) => {
    const isFace = origins.length > 0 && FACES.test(request.url)
    callback(null, isFace ? (isPreflight(request) ? allowed : plain) : NONE)
  }
  await server.register(cors, () => choose)
}
