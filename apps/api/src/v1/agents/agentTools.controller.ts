import {
  type AgentToolsResource,
  decodeAgentParams,
  decodeWorkspaceParams,
  type IdentityKeySet
} from "@butler/contracts"
import { Agents, draftOf, Workspaces } from "@butler/domain"
import { checkTools, ToolIdentity } from "@butler/tools"
import { Controller, Get, Header, HttpCode, Post, Req } from "@nestjs/common"
import { Effect, Option } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../../auth/callerOf.ts"
import { EffectRunner } from "../../effect/EffectRunner.ts"
import { Requires } from "../../http/RoutePolicy.ts"
import { v1Refusal } from "../v1Refusal.ts"

/** What agents may call, and how servers know for whom they do. */
@Controller("v1")
export class AgentToolsController {
  constructor(private readonly effects: EffectRunner) {}

  @Post("agents/:agentId/tools/check")
  @HttpCode(200)
  @Requires("agents:read")
  check(@Req() request: FastifyRequest): Promise<AgentToolsResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { agentId } = yield* decodeAgentParams(request.params)
      const { settings = {} } = draftOf(yield* Agents.use((agents) => agents.state(workspaceId, agentId)))
      return yield* checkTools(workspaceId, settings)
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Get("workspaces/:workspaceId/jwks.json")
  @Header("cache-control", "public, max-age=300")
  keys(@Req() request: FastifyRequest): Promise<IdentityKeySet> {
    const program = Effect.gen(function* () {
      const { workspaceId } = yield* decodeWorkspaceParams(request.params)
      const workspace = yield* Workspaces.use((workspaces) => workspaces.find(workspaceId))
      if (Option.isNone(workspace)) return { keys: [] }
      return { keys: yield* ToolIdentity.use((identity) => identity.keys(workspaceId)) }
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }
}
