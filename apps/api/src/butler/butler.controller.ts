import { type CompletionResponse, decodeCompletionHeaders, decodeCompletionRequest } from "@butler/contracts"
import { Controller, HttpCode, Post, Req } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../auth/callerOf.ts"
import { EffectRunner } from "../effect/EffectRunner.ts"
import { Requires } from "../http/RoutePolicy.ts"
import { butlerRefusal } from "./butlerRefusal.ts"
import { completeTurn } from "./completeTurn.ts"
import { completionBody } from "./completionBody.ts"
import { turnCommand } from "./turnCommand.ts"

/** The 3Chat butler open API. */
@Controller("api/open/v4/butler")
export class ButlerController {
  constructor(private readonly effects: EffectRunner) {}

  @Post("chat/completions")
  @HttpCode(200)
  @Requires("turns:write")
  complete(@Req() request: FastifyRequest): Promise<CompletionResponse> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const input = yield* decodeCompletionRequest(request.body)
      const headers = yield* decodeCompletionHeaders(request.headers)
      const command = turnCommand(workspaceId, input, headers, request.body)
      return completionBody(yield* completeTurn(command, input.async ? null : input.waitMs))
    })
    return this.effects.run(request, program.pipe(Effect.mapError(butlerRefusal)))
  }
}
