import {
  type AgentPage,
  type AgentResource,
  decodeAgentChange,
  decodeAgentListQuery,
  decodeAgentParams
} from "@butler/contracts"
import { AgentNotFound, Agents } from "@butler/domain"
import { Controller, Get, Patch, Req } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../auth/callerOf.ts"
import { EffectRunner } from "../effect/EffectRunner.ts"
import { Requires } from "../http/RoutePolicy.ts"
import { agentResource } from "./agentResource.ts"
import { changeAgentOf } from "./changeAgentOf.ts"
import { found } from "./found.ts"
import { listAgents } from "./listAgents.ts"
import { v1Refusal } from "./v1Refusal.ts"

@Controller("v1/agents")
export class AgentsController {
  constructor(private readonly effects: EffectRunner) {}

  @Get()
  @Requires("agents:read")
  list(@Req() request: FastifyRequest): Promise<AgentPage> {
    const { workspaceId } = callerOf(request)
    const program = Effect.flatMap(decodeAgentListQuery(request.query), (query) => listAgents(workspaceId, query))
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Get(":agentId")
  @Requires("agents:read")
  find(@Req() request: FastifyRequest): Promise<AgentResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { agentId } = yield* decodeAgentParams(request.params)
      const agent = yield* Agents.use((agents) => agents.find(workspaceId, agentId)).pipe(
        found(() => new AgentNotFound({ agentId }))
      )
      return agentResource(agent)
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Patch(":agentId")
  @Requires("agents:write")
  change(@Req() request: FastifyRequest): Promise<AgentResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { agentId } = yield* decodeAgentParams(request.params)
      return agentResource(yield* changeAgentOf(workspaceId, agentId, yield* decodeAgentChange(request.body)))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }
}
