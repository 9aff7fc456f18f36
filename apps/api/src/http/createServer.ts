import "reflect-metadata"
import { NestFactory } from "@nestjs/core"
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify"
import type { FastifyReply, FastifyRequest } from "fastify"
import { AppModule } from "../app.module.ts"
import type { AppConfig } from "../config.ts"
import type { EffectRunner } from "../effect/EffectRunner.ts"
import { allowOrigins } from "./allowOrigins.ts"
import { clientError } from "./clientError.ts"
import { RefusalFilter } from "./RefusalFilter.ts"
import { refuse } from "./Refused.ts"
import { registerHooks } from "./registerHooks.ts"
import { requestIdOf } from "./requestId.ts"
import { RouteTable } from "./RouteTable.ts"
import { sendRefusal } from "./sendRefusal.ts"
import { tlsServer } from "./tlsServer.ts"

export interface Server {
  readonly app: NestFastifyApplication
  readonly routes: RouteTable
}

/** Ids of 128 characters, each of which may be written as several escaped bytes. */
const MAX_PARAM_LENGTH = 2048

/** The HTTP service, not yet listening. */
export const createServer = async (effects: EffectRunner, config: AppConfig["Service"]): Promise<Server> => {
  const routes = new RouteTable()
  const adapter = new FastifyAdapter({
    // Nothing here is Nest or Express middleware, and middie costs every request.
    skipMiddie: true,
    multipart: false,
    genReqId: requestIdOf,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH, ignoreTrailingSlash: true },
    ...(config.tls !== null && { serverFactory: tlsServer(config.tls) }),
    trustProxy: [...config.trustProxy],
    // In flight means answered: what comes on open connections while we stop is still served.
    return503OnClosing: false,
    clientErrorHandler: clientError,
    frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) => {
      reply.header("x-request-id", request.id)
      sendRefusal(refuse("invalid_request", "the address is not a valid URL"), request, reply)
    }
  })
  await allowOrigins(adapter.getInstance(), config.corsOrigins)
  registerHooks(adapter.getInstance(), effects, routes, config)
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.over(effects), adapter, {
    logger: false,
    bodyParser: false,
    abortOnError: false
  })
  app.useGlobalFilters(new RefusalFilter(effects))
  await app.init()
  await adapter.getInstance().ready()
  return { app, routes }
}
