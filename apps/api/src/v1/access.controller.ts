import {
  type ApiKeyList,
  type CreatedApiKey,
  type CreatedWorkspace,
  decodeApiKeyParams,
  decodeNewApiKey,
  decodeNewWorkspace,
  decodeWorkspaceChange,
  type ModelUseResource,
  type WorkspaceList,
  type WorkspaceResource
} from "@butler/contracts"
import { ApiKeys, ModelUses, Workspaces } from "@butler/domain"
import { Controller, Delete, Get, HttpCode, Patch, Post, Req } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../auth/callerOf.ts"
import type { IssuedKey } from "../auth/issueKey.ts"
import { EffectRunner } from "../effect/EffectRunner.ts"
import { Requires } from "../http/RoutePolicy.ts"
import { createApiKey } from "./createApiKey.ts"
import { createWorkspace } from "./createWorkspace.ts"
import { found } from "./found.ts"
import { apiKeyResource, workspaceResource } from "./resources.ts"
import { v1Refusal } from "./v1Refusal.ts"

const createdKey = ({ key, text }: IssuedKey): CreatedApiKey => ({ ...apiKeyResource(key), key: text })

@Controller("v1")
export class AccessController {
  constructor(private readonly effects: EffectRunner) {}

  @Post("api-keys")
  @Requires("api-keys:write")
  createKey(@Req() request: FastifyRequest): Promise<CreatedApiKey> {
    const program = decodeNewApiKey(request.body).pipe(
      Effect.flatMap((wanted) => createApiKey(callerOf(request), wanted)),
      Effect.map(createdKey)
    )
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Get("api-keys")
  @Requires("api-keys:write")
  listKeys(@Req() request: FastifyRequest): Promise<ApiKeyList> {
    const { workspaceId } = callerOf(request)
    const program = ApiKeys.use((keys) => keys.list(workspaceId))
    return this.effects.run(
      request,
      Effect.map(program, (keys) => ({ data: keys.map(apiKeyResource), nextCursor: null }))
    )
  }

  @Delete("api-keys/:id")
  @HttpCode(204)
  @Requires("api-keys:write")
  revokeKey(@Req() request: FastifyRequest): Promise<void> {
    const { workspaceId } = callerOf(request)
    const program = Effect.flatMap(decodeApiKeyParams(request.params), ({ id }) =>
      ApiKeys.use((keys) => keys.revoke(workspaceId, id))
    )
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Patch("workspace")
  @Requires("agents:write")
  changeWorkspace(@Req() request: FastifyRequest): Promise<WorkspaceResource> {
    const { workspaceId } = callerOf(request)
    const program = decodeWorkspaceChange(request.body).pipe(
      Effect.flatMap((change) => Workspaces.use((workspaces) => workspaces.update(workspaceId, change))),
      Effect.map(workspaceResource)
    )
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Post("workspaces")
  @Requires("workspaces:write")
  createWorkspace(@Req() request: FastifyRequest): Promise<CreatedWorkspace> {
    const program = decodeNewWorkspace(request.body).pipe(
      Effect.flatMap(createWorkspace),
      Effect.map(({ issued, workspace }) => ({ workspace: workspaceResource(workspace), apiKey: createdKey(issued) }))
    )
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Get("workspaces")
  @Requires("workspaces:write")
  listWorkspaces(@Req() request: FastifyRequest): Promise<WorkspaceList> {
    const program = Workspaces.use((workspaces) => workspaces.list)
    return this.effects.run(
      request,
      Effect.map(program, (all) => ({ data: all.map(workspaceResource), nextCursor: null }))
    )
  }

  @Get("workspace")
  @Requires("any key")
  ownWorkspace(@Req() request: FastifyRequest): Promise<WorkspaceResource> {
    const { workspaceId } = callerOf(request)
    const program = Workspaces.use((workspaces) => workspaces.find(workspaceId)).pipe(
      found(() => new Error(`workspace ${workspaceId} has a key and does not exist`)),
      Effect.orDie
    )
    return this.effects.run(request, Effect.map(program, workspaceResource))
  }

  @Get("workspace/model-use")
  @Requires("agents:read")
  modelUse(@Req() request: FastifyRequest): Promise<ModelUseResource> {
    const { workspaceId } = callerOf(request)
    const program = ModelUses.use(({ soFar }) => soFar(workspaceId, null))
    return this.effects.run(
      request,
      Effect.map(program, ({ workspaceThisMonth }) => workspaceThisMonth)
    )
  }
}
