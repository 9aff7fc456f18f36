import { Effect, LogLevel } from "effect"
import type { FastifyInstance } from "fastify"
import { authenticate } from "../auth/authenticate.ts"
import type { AppConfig } from "../config.ts"
import type { EffectRunner } from "../effect/EffectRunner.ts"
import { logAccess } from "../observability/accessLog.ts"
import { limitRate } from "./limitRate.ts"
import { parseJson } from "./parseJson.ts"
import { refuse, type Refused } from "./Refused.ts"
import type { RouteTable } from "./RouteTable.ts"
import { sendRefusal } from "./sendRefusal.ts"

/** Takes JSON alone, of the size each route allows; and files, where a route is for them. */
const registerBodies = (server: FastifyInstance, config: AppConfig["Service"]): void => {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser<Buffer>("application/json", { parseAs: "buffer" }, (_request, body, done) => {
    try {
      done(null, parseJson(body))
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)))
    }
  })
  server.addContentTypeParser("*", (request, payload, done) => {
    if (request.routeOptions.config.upload === true) done(null, payload)
    else done(refuse("unsupported_media_type"))
  })
  server.addHook("onRoute", (route) => {
    route.bodyLimit = route.config?.largeBody === true ? config.documentLimit : config.bodyLimit
  })
}

/** There is nothing at the address, or not for the method. */
const refuseAddress = (methods: ReadonlyArray<string>): Refused => {
  const allow = methods.join(", ")
  return methods.length === 0
    ? refuse("not_found")
    : refuse("method_not_allowed", `this address serves ${allow}`, { allow })
}

/**
 * What happens to every request around its handler. A request to nowhere, and one without a right key, is refused before
 * its body is read.
 */
export const registerHooks = (
  server: FastifyInstance,
  effects: EffectRunner,
  routes: RouteTable,
  config: AppConfig["Service"]
): void => {
  registerBodies(server, config)
  server.decorateRequest("caller", null)

  server.addHook("onRequest", (request, reply, done) => {
    reply.header("x-request-id", request.id)
    const isOptions = request.method === "OPTIONS"
    if (!request.is404 && !isOptions) return done()
    const refusal = refuseAddress(routes.methodsOf(request.raw.url ?? ""))
    // The route of the preflights is older than the filter that answers what is thrown.
    if (isOptions) sendRefusal(refusal, request, reply)
    else done(refusal)
  })

  server.addHook("onRoute", (route) => {
    routes.add(route.method, route.url)
    const needs = route.config?.needs
    if (needs === undefined) return
    route.onRequest = async (request, reply) => {
      const admitted = Effect.tap(authenticate(request.headers, needs), (caller) => limitRate(caller, reply))
      request.caller = await effects.run(request, admitted)
    }
  })

  const isLogged = LogLevel.isLessThanOrEqualTo(config.logLevel, "Info")
  server.addHook("onResponse", (request, reply, done) => {
    logAccess(request, reply, isLogged)
    done()
  })
}
