import { PassThrough } from "node:stream"
import { Injectable, StreamableFile } from "@nestjs/common"
import { Cause, Effect, Exit, type ManagedRuntime, Option, References, Stream } from "effect"
// The index loads servers and clients of HTTP too.
import * as Headers from "effect/http/Headers"
import * as HttpTraceContext from "effect/http/HttpTraceContext"
import type { FastifyReply, FastifyRequest } from "fastify"
import type { AppServices } from "../AppServices.ts"
import { encodeEvents, EVENT_STREAM_HEADERS, type ServerSentEvent } from "../http/eventStream.ts"
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

  /**
   * Sends an event stream, once it has been opened; until then a failure is answered like any other. A client that goes away
   * ends the stream, and nothing else.
   */
  async stream<E>(
    request: FastifyRequest,
    reply: FastifyReply,
    open: Answerable<Stream.Stream<ServerSentEvent, E, AppServices>>
  ): Promise<StreamableFile> {
    const events = await this.run(request, open)
    const body = new PassThrough()
    const write = (text: string) =>
      Effect.callback<void>((resume) => {
        if (body.write(text)) resume(Effect.void)
        else body.once("drain", () => resume(Effect.void))
      })
    const fiber = this.runtime.runFork(
      encodeEvents(events).pipe(
        Stream.runForEach(write),
        Effect.catchCause((cause) =>
          Cause.hasInterruptsOnly(cause) ? Effect.void : Effect.logError("an event stream broke off", cause)
        ),
        Effect.ensuring(Effect.sync(() => body.end())),
        Effect.annotateLogs({ requestId: request.id })
      )
    )
    body.once("close", () => fiber.interruptUnsafe())
    reply.headers(EVENT_STREAM_HEADERS)
    return new StreamableFile(body)
  }

  /** Reports what no request is waiting for. */
  log(effect: Effect.Effect<void>): void {
    this.runtime.runFork(effect)
  }
}
