import { cancelTurn, TurnRunner } from "@butler/agent"
import { decodeTurnEventsHeaders, decodeTurnParams, localeOf, type TurnResource } from "@butler/contracts"
import { TurnNotFound, Turns } from "@butler/domain"
import { Controller, Get, HttpCode, Post, Req, Res, type StreamableFile } from "@nestjs/common"
import { Effect, Stream } from "effect"
import type { FastifyReply, FastifyRequest } from "fastify"
import { callerOf } from "../auth/callerOf.ts"
import { turnEvent } from "../butler/turnEvents.ts"
import { EffectRunner } from "../effect/EffectRunner.ts"
import { Requires } from "../http/RoutePolicy.ts"
import { found } from "./found.ts"
import { turnResource } from "./resources.ts"
import { v1Refusal } from "./v1Refusal.ts"

@Controller("v1/turns")
export class TurnsController {
  constructor(private readonly effects: EffectRunner) {}

  @Get(":turnId")
  @Requires("dialogs:read")
  find(@Req() request: FastifyRequest): Promise<TurnResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { turnId } = yield* decodeTurnParams(request.params)
      const turn = yield* Turns.use((turns) => turns.find(workspaceId, turnId)).pipe(
        found(() => new TurnNotFound({ turnId }))
      )
      return turnResource(turn)
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Get(":turnId/events")
  @Requires("dialogs:read")
  events(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<StreamableFile> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { turnId } = yield* decodeTurnParams(request.params)
      const headers = yield* decodeTurnEventsHeaders(request.headers)
      yield* Turns.use((turns) => turns.find(workspaceId, turnId)).pipe(found(() => new TurnNotFound({ turnId })))
      const { follow } = yield* TurnRunner
      const events = follow(workspaceId, turnId, Number(headers["last-event-id"] ?? 0))
      return Stream.map(events, turnEvent(localeOf(headers["accept-language"])))
    })
    return this.effects.stream(request, reply, Effect.mapError(program, v1Refusal))
  }

  @Post(":turnId/cancel")
  @HttpCode(200)
  @Requires("turns:write")
  cancel(@Req() request: FastifyRequest): Promise<TurnResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { turnId } = yield* decodeTurnParams(request.params)
      return turnResource(yield* cancelTurn(workspaceId, turnId))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }
}
