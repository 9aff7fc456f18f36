import { type CompletionResponse, decodeCompletionHeaders, decodeCompletionRequest } from "@butler/contracts"
import { Controller, HttpCode, Post, Req, Res, type StreamableFile } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyReply, FastifyRequest } from "fastify"
import { callerOf } from "../auth/callerOf.ts"
import { AppConfig } from "../config.ts"
import { EffectRunner } from "../effect/EffectRunner.ts"
import { Requires } from "../http/RoutePolicy.ts"
import { butlerRefusal } from "./butlerRefusal.ts"
import { completeTurn } from "../turn/completeTurn.ts"
import { completionBody } from "./completionBody.ts"
import { judgeCallback } from "./judgeCallback.ts"
import { streamTurn } from "./streamTurn.ts"
import { turnCommand } from "./turnCommand.ts"

/** By the body, or by what the caller accepts. What the body is else is judged when it is decoded. */
const wantsStream = ({ body, headers }: FastifyRequest): boolean =>
  (typeof body === "object" && body !== null && "stream" in body && body.stream === true) ||
  headers.accept?.includes("text/event-stream") === true

/** The 3Chat butler open API. */
@Controller("api/open/v4/butler")
export class ButlerController {
  constructor(private readonly effects: EffectRunner) {}

  @Post("chat/completions")
  @HttpCode(200)
  @Requires("turns:write")
  complete(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply
  ): Promise<CompletionResponse | StreamableFile> {
    const caller = callerOf(request)
    const decoded = Effect.gen(function* () {
      const input = yield* decodeCompletionRequest(request.body)
      const headers = yield* decodeCompletionHeaders(request.headers)
      const { leaseMs } = yield* AppConfig
      const command = turnCommand(caller, input, headers, request.body, leaseMs)
      yield* judgeCallback(caller, command.sendWebhook)
      return { input, headers, command }
    })
    if (wantsStream(request)) {
      const opened = Effect.flatMap(decoded, ({ command, headers }) => streamTurn(command, headers))
      return this.effects.stream(request, reply, Effect.mapError(opened, butlerRefusal))
    }
    const completed = decoded.pipe(
      Effect.flatMap(({ command, input }) => completeTurn(command, input.async ? null : input.waitMs)),
      Effect.map(completionBody)
    )
    return this.effects.run(request, Effect.mapError(completed, butlerRefusal))
  }
}
