import {
  decodeDeliveryListQuery,
  decodeDeliveryParams,
  decodeEventListQuery,
  decodeReplayParams,
  decodeReplayRequest,
  decodeWebhookEndpointParams,
  type DeliveryPage,
  type DeliveryResource,
  type EventPage,
  type ReplayResource
} from "@butler/contracts"
import { Deliveries, DeliveryNotFound, ReplayNotFound, Replays } from "@butler/domain"
import { Controller, Get, HttpCode, Post, Req } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../../auth/callerOf.ts"
import { EffectRunner } from "../../effect/EffectRunner.ts"
import { Requires } from "../../http/RoutePolicy.ts"
import { found } from "../found.ts"
import { v1Refusal } from "../v1Refusal.ts"
import { getEnabledEndpoint, getEndpoint } from "./getEndpoint.ts"
import { listDeliveries, pullEvents } from "./listDeliveries.ts"
import { requestReplay } from "./requestReplay.ts"
import { deliveryResource, replayResource } from "./webhookResources.ts"

@Controller("v1/webhook-endpoints/:endpointId")
export class DeliveriesController {
  constructor(private readonly effects: EffectRunner) {}

  @Get("deliveries")
  @Requires("webhooks:read")
  list(@Req() request: FastifyRequest): Promise<DeliveryPage> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { endpointId } = yield* decodeWebhookEndpointParams(request.params)
      return yield* listDeliveries(workspaceId, endpointId, yield* decodeDeliveryListQuery(request.query))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Get("deliveries/:deliveryId")
  @Requires("webhooks:read")
  find(@Req() request: FastifyRequest): Promise<DeliveryResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { deliveryId, endpointId } = yield* decodeDeliveryParams(request.params)
      yield* getEndpoint(workspaceId, endpointId)
      const delivery = yield* Deliveries.use((deliveries) => deliveries.find(workspaceId, endpointId, deliveryId)).pipe(
        found(() => new DeliveryNotFound({ deliveryId }))
      )
      return deliveryResource(delivery)
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Post("deliveries/:deliveryId/retry")
  @HttpCode(202)
  @Requires("webhooks:write")
  retry(@Req() request: FastifyRequest): Promise<DeliveryResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { deliveryId, endpointId } = yield* decodeDeliveryParams(request.params)
      yield* getEnabledEndpoint(workspaceId, endpointId)
      return deliveryResource(yield* (yield* Deliveries).retry(workspaceId, endpointId, deliveryId))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Post("replay")
  @HttpCode(202)
  @Requires("webhooks:write")
  replay(@Req() request: FastifyRequest): Promise<ReplayResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { endpointId } = yield* decodeWebhookEndpointParams(request.params)
      return yield* requestReplay(workspaceId, endpointId, yield* decodeReplayRequest(request.body))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Get("replays/:replayId")
  @Requires("webhooks:read")
  progress(@Req() request: FastifyRequest): Promise<ReplayResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { endpointId, replayId } = yield* decodeReplayParams(request.params)
      yield* getEndpoint(workspaceId, endpointId)
      const replay = yield* Replays.use((replays) => replays.find(workspaceId, endpointId, replayId)).pipe(
        found(() => new ReplayNotFound({ replayId }))
      )
      return replayResource(replay)
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Get("events")
  @Requires("webhooks:read")
  events(@Req() request: FastifyRequest): Promise<EventPage> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { endpointId } = yield* decodeWebhookEndpointParams(request.params)
      return yield* pullEvents(workspaceId, endpointId, yield* decodeEventListQuery(request.query))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }
}
