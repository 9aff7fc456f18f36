import { type RequestListener, type Server } from "node:http"
import { createServer } from "node:https"
import type { Tls } from "./httpSettings.ts"

/** As Fastify has it for plain connections. */
const KEEP_ALIVE_MS = 72_000

/** What Fastify listens with where Butler itself ends TLS. */
export const tlsServer =
  (tls: Tls) =>
  (listener: RequestListener): Server => {
    const server = createServer(tls, listener)
    server.keepAliveTimeout = KEEP_ALIVE_MS
    return server
  }
