import type { Scope } from "@butler/domain"
import { RouteConfig } from "@nestjs/platform-fastify"
import type { Caller } from "../auth/Caller.ts"

/** A scope, or any valid key whatever it may do. */
export type Need = Scope | "any key"

declare module "fastify" {
  interface FastifyContextConfig {
    /** What a key must be allowed to do; a route without it is open to everyone. */
    readonly needs?: Need
    /** Takes a body of the size of a document instead of a message. */
    readonly largeBody?: boolean
    /** Takes a file of any type, and is given the stream that it comes in. */
    readonly upload?: boolean
  }
  interface FastifyRequest {
    /** Who asks, known before the body is read; null on a route that is open to everyone. */
    caller: Caller | null
  }
}

/** Marks a handler with what its callers need. */
export const Requires = (needs: Need, options: { readonly largeBody?: boolean; readonly upload?: boolean } = {}) =>
  RouteConfig({ needs, ...options })
