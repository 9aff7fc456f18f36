import {
  type AgentPage,
  type AgentResource,
  decodeAgentChange,
  decodeAgentListQuery,
  decodeAgentParams,
  decodeAgentTurn,
  decodeNewAgent,
  type TurnResource
} from "@butler/contracts"
import { AgentNotFound, Agents, changeAgent } from "@butler/domain"
import { Controller, Delete, Get, HttpCode, Patch, Post, Req } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../../auth/callerOf.ts"
import { EffectRunner } from "../../effect/EffectRunner.ts"
import { Requires } from "../../http/RoutePolicy.ts"
import { found } from "../found.ts"
import { turnResource } from "../resources.ts"
import { v1Refusal } from "../v1Refusal.ts"
import { agentResource } from "./agentResource.ts"
import { askAgent } from "./askAgent.ts"
import { createAgent } from "./createAgent.ts"
import { judgedChange } from "./judgedChange.ts"
import { judgeModels } from "./judgeModels.ts"
import { judgeTools } from "./judgeTools.ts"
import { listAgents } from "./listAgents.ts"

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

  @Post()
  @Requires("agents:write")
  create(@Req() request: FastifyRequest): Promise<AgentResource> {
    const program = decodeNewAgent(request.body).pipe(
      Effect.flatMap((wanted) => createAgent(callerOf(request), wanted)),
      Effect.map(agentResource)
    )
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
    const { apiKeyId, workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { agentId } = yield* decodeAgentParams(request.params)
      const change = yield* judgedChange(workspaceId, yield* decodeAgentChange(request.body))
      const agents = yield* Agents
      const now = Effect.map(agents.state(workspaceId, agentId), ({ agent }) => agent)
      yield* judgeModels(change, now)
      yield* judgeTools(workspaceId, change, now)
      const publication = { by: apiKeyId, note: null }
      const agent = agents.update(workspaceId, agentId, (before) => changeAgent(before, change), publication)
      return agentResource(yield* agent)
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Delete(":agentId")
  @HttpCode(204)
  @Requires("agents:write")
  remove(@Req() request: FastifyRequest): Promise<void> {
    const { workspaceId } = callerOf(request)
    const program = Effect.flatMap(decodeAgentParams(request.params), ({ agentId }) =>
      Agents.use((agents) => agents.remove(workspaceId, agentId))
    )
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Post(":agentId/turns")
  @HttpCode(200)
  @Requires("turns:write")
  ask(@Req() request: FastifyRequest): Promise<TurnResource> {
    const program = Effect.gen(function* () {
      const { agentId } = yield* decodeAgentParams(request.params)
      return turnResource(yield* askAgent(callerOf(request), agentId, yield* decodeAgentTurn(request.body)))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }
}
