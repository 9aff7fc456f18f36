import {
  type CreatedWebhookEndpoint,
  decodeNewWebhookEndpoint,
  decodeSecretRotation,
  decodeWebhookEndpointChange,
  decodeWebhookEndpointListQuery,
  decodeWebhookEndpointParams,
  type SigningSecretResource,
  type TestResult,
  type WebhookEndpointList,
  type WebhookEndpointResource
} from "@butler/contracts"
import { Controller, Delete, Get, HttpCode, Patch, Post, Req } from "@nestjs/common"
import { Clock, Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../../auth/callerOf.ts"
import { EffectRunner } from "../../effect/EffectRunner.ts"
import { Requires } from "../../http/RoutePolicy.ts"
import { v1Refusal } from "../v1Refusal.ts"
import { changeEndpoint, createEndpoint, deleteEndpoint, listEndpoints, rotateSecret } from "./changeEndpoints.ts"
import { getEndpoint } from "./getEndpoint.ts"
import { testEndpoint } from "./testEndpoint.ts"
import { endpointResource, secretResource } from "./webhookResources.ts"

@Controller("v1/webhook-endpoints")
export class WebhookEndpointsController {
  constructor(private readonly effects: EffectRunner) {}

  @Post()
  @Requires("webhooks:write")
  create(@Req() request: FastifyRequest): Promise<CreatedWebhookEndpoint> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { endpoint, secret } = yield* createEndpoint(workspaceId, yield* decodeNewWebhookEndpoint(request.body))
      return { ...endpointResource(endpoint, yield* Clock.currentTimeMillis), secret }
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Get()
  @Requires("webhooks:read")
  list(@Req() request: FastifyRequest): Promise<WebhookEndpointList> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const endpoints = yield* listEndpoints(workspaceId, yield* decodeWebhookEndpointListQuery(request.query))
      return { data: endpoints.map((endpoint) => endpointResource(endpoint, now)), nextCursor: null }
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Get(":endpointId")
  @Requires("webhooks:read")
  find(@Req() request: FastifyRequest): Promise<WebhookEndpointResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { endpointId } = yield* decodeWebhookEndpointParams(request.params)
      return endpointResource(yield* getEndpoint(workspaceId, endpointId), yield* Clock.currentTimeMillis)
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Patch(":endpointId")
  @Requires("webhooks:write")
  change(@Req() request: FastifyRequest): Promise<WebhookEndpointResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { endpointId } = yield* decodeWebhookEndpointParams(request.params)
      const changed = yield* changeEndpoint(workspaceId, endpointId, yield* decodeWebhookEndpointChange(request.body))
      return endpointResource(changed, yield* Clock.currentTimeMillis)
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Delete(":endpointId")
  @HttpCode(204)
  @Requires("webhooks:write")
  remove(@Req() request: FastifyRequest): Promise<void> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { endpointId } = yield* decodeWebhookEndpointParams(request.params)
      yield* deleteEndpoint(workspaceId, endpointId)
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Post(":endpointId/rotate-secret")
  @HttpCode(200)
  @Requires("webhooks:write")
  rotate(@Req() request: FastifyRequest): Promise<SigningSecretResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { endpointId } = yield* decodeWebhookEndpointParams(request.params)
      const wanted = yield* decodeSecretRotation(request.body ?? {})
      return secretResource(yield* rotateSecret({ workspaceId, endpointId }, wanted))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Post(":endpointId/test")
  @HttpCode(200)
  @Requires("webhooks:write")
  test(@Req() request: FastifyRequest): Promise<TestResult> {
    const { workspaceId } = callerOf(request)
    const program = Effect.flatMap(decodeWebhookEndpointParams(request.params), ({ endpointId }) =>
      testEndpoint(workspaceId, endpointId)
    )
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }
}
