import {
  type AgentDraftResource,
  type AgentResource,
  type AgentVersionPage,
  type AgentVersionResource,
  decodeAgentChange,
  decodeAgentParams,
  decodeAgentPublication,
  decodeAgentRollback,
  decodeAgentVersionListQuery,
  decodeAgentVersionParams
} from "@butler/contracts"
import { Agents, changeAgent, draftOf } from "@butler/domain"
import { Controller, Delete, Get, HttpCode, Patch, Post, Req } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../../auth/callerOf.ts"
import { EffectRunner } from "../../effect/EffectRunner.ts"
import { Requires } from "../../http/RoutePolicy.ts"
import { v1Refusal } from "../v1Refusal.ts"
import { agentDraftResource, agentResource, agentVersionResource } from "./agentResource.ts"
import { judgedChange } from "./judgedChange.ts"
import { judgeModels } from "./judgeModels.ts"
import { judgeTools } from "./judgeTools.ts"
import { listAgentVersions } from "./listAgentVersions.ts"

/** Agents before and after they are published. */
@Controller("v1/agents/:agentId")
export class AgentVersionsController {
  constructor(private readonly effects: EffectRunner) {}

  @Get("draft")
  @Requires("agents:read")
  draft(@Req() request: FastifyRequest): Promise<AgentDraftResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { agentId } = yield* decodeAgentParams(request.params)
      return agentDraftResource(yield* Agents.use((agents) => agents.state(workspaceId, agentId)))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Patch("draft")
  @Requires("agents:write")
  changeDraft(@Req() request: FastifyRequest): Promise<AgentDraftResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { agentId } = yield* decodeAgentParams(request.params)
      const change = yield* judgedChange(workspaceId, yield* decodeAgentChange(request.body))
      const agents = yield* Agents
      const now = Effect.map(agents.state(workspaceId, agentId), draftOf)
      yield* judgeModels(change, now)
      yield* judgeTools(workspaceId, change, now)
      return agentDraftResource(yield* agents.changeDraft(workspaceId, agentId, (draft) => changeAgent(draft, change)))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Delete("draft")
  @HttpCode(204)
  @Requires("agents:write")
  discardDraft(@Req() request: FastifyRequest): Promise<void> {
    const { workspaceId } = callerOf(request)
    const program = Effect.flatMap(decodeAgentParams(request.params), ({ agentId }) =>
      Agents.use((agents) => agents.discardDraft(workspaceId, agentId))
    )
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Post("publish")
  @HttpCode(200)
  @Requires("agents:write")
  publish(@Req() request: FastifyRequest): Promise<AgentResource> {
    const { apiKeyId: by, workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { agentId } = yield* decodeAgentParams(request.params)
      const { note = null } = yield* decodeAgentPublication(request.body ?? {})
      return agentResource(yield* Agents.use((agents) => agents.publish(workspaceId, agentId, { by, note })))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Post("rollback")
  @HttpCode(200)
  @Requires("agents:write")
  rollBack(@Req() request: FastifyRequest): Promise<AgentResource> {
    const { apiKeyId: by, workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { agentId } = yield* decodeAgentParams(request.params)
      const { note = null, version } = yield* decodeAgentRollback(request.body)
      const agents = yield* Agents
      return agentResource(yield* agents.rollBack(workspaceId, agentId, version, { by, note }))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Get("versions")
  @Requires("agents:read")
  versions(@Req() request: FastifyRequest): Promise<AgentVersionPage> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { agentId } = yield* decodeAgentParams(request.params)
      return yield* listAgentVersions(workspaceId, agentId, yield* decodeAgentVersionListQuery(request.query))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Get("versions/:version")
  @Requires("agents:read")
  version(@Req() request: FastifyRequest): Promise<AgentVersionResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { agentId, version } = yield* decodeAgentVersionParams(request.params)
      return agentVersionResource(yield* Agents.use((agents) => agents.version(workspaceId, agentId, version)))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }
}
