import { decodeTurnParams, type TurnResource } from "@butler/contracts"
import { TurnNotFound, Turns } from "@butler/domain"
import { Controller, Get, Req } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../auth/callerOf.ts"
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
}
