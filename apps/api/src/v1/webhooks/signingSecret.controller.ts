import { decodeSecretRotation, type SigningSecretResource } from "@butler/contracts"
import { SigningSecrets } from "@butler/domain"
import { makeSecret } from "@butler/webhooks"
import { Controller, Get, HttpCode, Post, Req } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../../auth/callerOf.ts"
import { EffectRunner } from "../../effect/EffectRunner.ts"
import { Requires } from "../../http/RoutePolicy.ts"
import { v1Refusal } from "../v1Refusal.ts"
import { rotateSecret } from "./changeEndpoints.ts"
import { secretResource } from "./webhookResources.ts"

/** The secret that a workspace's callbacks are signed with. */
@Controller("v1/signing-secret")
export class SigningSecretController {
  constructor(private readonly effects: EffectRunner) {}

  @Get()
  @Requires("webhooks:write")
  find(@Req() request: FastifyRequest): Promise<SigningSecretResource> {
    const { workspaceId } = callerOf(request)
    const program = SigningSecrets.use((secrets) => secrets.valid({ workspaceId, endpointId: null }, makeSecret()))
    return this.effects.run(request, Effect.mapError(Effect.map(program, secretResource), v1Refusal))
  }

  @Post("rotate")
  @HttpCode(200)
  @Requires("webhooks:write")
  rotate(@Req() request: FastifyRequest): Promise<SigningSecretResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.flatMap(decodeSecretRotation(request.body ?? {}), (wanted) =>
      rotateSecret({ workspaceId, endpointId: null }, wanted)
    )
    return this.effects.run(request, Effect.mapError(Effect.map(program, secretResource), v1Refusal))
  }
}
