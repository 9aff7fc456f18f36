import {
  decodeKnowledgeBaseInput,
  decodeKnowledgeBaseParams,
  type KnowledgeBaseList,
  type KnowledgeBaseResource
} from "@butler/contracts"
import { type KnowledgeBase, KnowledgeBaseNotFound, KnowledgeBases } from "@butler/domain"
import { Controller, Delete, Get, HttpCode, Patch, Post, Req } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../auth/callerOf.ts"
import { EffectRunner } from "../effect/EffectRunner.ts"
import { Requires } from "../http/RoutePolicy.ts"
import { found } from "./found.ts"
import { v1Refusal } from "./v1Refusal.ts"

const resource = ({ createdAt, ...base }: KnowledgeBase): KnowledgeBaseResource => ({
  ...base,
  createdAt: createdAt.toISOString()
})

@Controller("v1/knowledge/bases")
export class KnowledgeBasesController {
  constructor(private readonly effects: EffectRunner) {}

  @Post()
  @Requires("knowledge:write")
  create(@Req() request: FastifyRequest): Promise<KnowledgeBaseResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.flatMap(decodeKnowledgeBaseInput(request.body), ({ name }) =>
      KnowledgeBases.use((bases) => bases.create(workspaceId, name))
    )
    return this.effects.run(request, program.pipe(Effect.map(resource), Effect.mapError(v1Refusal)))
  }

  @Get()
  @Requires("knowledge:read")
  list(@Req() request: FastifyRequest): Promise<KnowledgeBaseList> {
    const { workspaceId } = callerOf(request)
    const program = KnowledgeBases.use((bases) => bases.list(workspaceId))
    return this.effects.run(
      request,
      Effect.map(program, (bases) => ({ data: bases.map(resource), nextCursor: null }))
    )
  }

  @Get(":knowledgeBaseId")
  @Requires("knowledge:read")
  find(@Req() request: FastifyRequest): Promise<KnowledgeBaseResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.flatMap(decodeKnowledgeBaseParams(request.params), ({ knowledgeBaseId }) =>
      KnowledgeBases.use((bases) => bases.find(workspaceId, knowledgeBaseId)).pipe(
        found(() => new KnowledgeBaseNotFound({ knowledgeBaseId }))
      )
    )
    return this.effects.run(request, program.pipe(Effect.map(resource), Effect.mapError(v1Refusal)))
  }

  @Patch(":knowledgeBaseId")
  @Requires("knowledge:write")
  rename(@Req() request: FastifyRequest): Promise<KnowledgeBaseResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { knowledgeBaseId } = yield* decodeKnowledgeBaseParams(request.params)
      const { name } = yield* decodeKnowledgeBaseInput(request.body)
      return resource(yield* (yield* KnowledgeBases).rename(workspaceId, knowledgeBaseId, name))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Delete(":knowledgeBaseId")
  @HttpCode(204)
  @Requires("knowledge:write")
  remove(@Req() request: FastifyRequest): Promise<void> {
    const { workspaceId } = callerOf(request)
    const program = Effect.flatMap(decodeKnowledgeBaseParams(request.params), ({ knowledgeBaseId }) =>
      KnowledgeBases.use((bases) => bases.remove(workspaceId, knowledgeBaseId))
    )
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }
}
