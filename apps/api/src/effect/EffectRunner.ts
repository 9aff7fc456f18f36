import { Injectable } from "@nestjs/common"
import { Cause, Effect, Exit, type ManagedRuntime, Option, References } from "effect"
import { Headers, HttpTraceContext } from "effect/http"
import type { FastifyRequest } from "fastify"
import type { AppServices } from "../AppServices.ts"
import { refuse, type Refused } from "../http/Refused.ts"

/** What a program may fail with by the time it is run: every failure has its answer. */
type Answerable<A> = Effect.Effect<A, Refused, AppServices>

const traced = <A>(request: FastifyRequest, effect: Answerable<A>): Answerable<A> =>
  Effect.flatMap(References.TracerEnabled, (enabled) => {
    if (!enabled) return effect
    const route = request.routeOptions.url ?? "unknown"
    const parent = Option.getOrUndefined(HttpTraceContext.fromHeaders(Headers.fromInput(request.headers)))
    return Effect.withSpan(effect, `${request.method} ${route}`, {
      kind: "server",
      attributes: { "http.request.method": request.method, "http.route": route, "butler.request_id": request.id },
      ...(parent !== undefined && { parent })
    })
  })

const valueOf = <A>(exit: Exit.Exit<A, unknown>): A => {
  if (Exit.isSuccess(exit)) return exit.value
  if (Cause.hasInterruptsOnly(exit.cause)) throw refuse("unavailable", "the server is stopping", { "retry-after": "1" })
  throw Cause.squash(exit.cause)
}

/** The only place where an Effect becomes a Promise. */
@Injectable()
export class EffectRunner {
  constructor(private readonly runtime: ManagedRuntime.ManagedRuntime<AppServices, unknown>) {}

  /** The value, or a rejection with `Refused` or a defect; log lines carry the request's id. */
  async run<A>(request: FastifyRequest, effect: Answerable<A>): Promise<A> {
    const annotations =
      request.caller === null
        ? { requestId: request.id }
        : { requestId: request.id, workspaceId: request.caller.workspaceId }
    return valueOf(await this.runtime.runPromiseExit(Effect.annotateLogs(traced(request, effect), annotations)))
  }

  /** Reports what no request is waiting for. */
  log(effect: Effect.Effect<void>): void {
    this.runtime.runFork(effect)
  }
}
