import {
  decodeContactParams,
  decodeMemoryListQuery,
  decodeMemoryParams,
  decodeMemoryText,
  type ErasureResource,
  type MemoryPage,
  type MemoryResource
} from "@butler/contracts"
import { Ids, Memories } from "@butler/domain"
import { eraseContact } from "@butler/agent"
import { Controller, Delete, Get, HttpCode, Patch, Post, Req } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../auth/callerOf.ts"
import { EffectRunner } from "../effect/EffectRunner.ts"
import { Requires } from "../http/RoutePolicy.ts"
import { listMemories } from "./listMemories.ts"
import { memoryResource } from "./resources.ts"
import { v1Refusal } from "./v1Refusal.ts"

@Controller("v1/contacts/:contactId")
export class MemoriesController {
  constructor(private readonly effects: EffectRunner) {}

  @Get("memories")
  @Requires("contacts:read")
  list(@Req() request: FastifyRequest): Promise<MemoryPage> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { contactId } = yield* decodeContactParams(request.params)
      return yield* listMemories(workspaceId, contactId, yield* decodeMemoryListQuery(request.query))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Post("memories")
  @Requires("contacts:write")
  add(@Req() request: FastifyRequest): Promise<MemoryResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { contactId } = yield* decodeContactParams(request.params)
      const { text } = yield* decodeMemoryText(request.body)
      const memory = { id: yield* (yield* Ids).memoryId, text, sourceMessageId: null }
      return memoryResource(yield* Memories.use(({ add }) => add(workspaceId, contactId, memory)))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Patch("memories/:memoryId")
  @Requires("contacts:write")
  change(@Req() request: FastifyRequest): Promise<MemoryResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { contactId, memoryId } = yield* decodeMemoryParams(request.params)
      const { text } = yield* decodeMemoryText(request.body)
      return memoryResource(yield* Memories.use(({ update }) => update(workspaceId, contactId, memoryId, text)))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Delete("memories/:memoryId")
  @HttpCode(204)
  @Requires("contacts:write")
  remove(@Req() request: FastifyRequest): Promise<void> {
    const { workspaceId } = callerOf(request)
    const program = Effect.flatMap(decodeMemoryParams(request.params), ({ contactId, memoryId }) =>
      Memories.use((memories) => memories.remove(workspaceId, contactId, memoryId))
    )
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Delete()
  @Requires("contacts:write")
  erase(@Req() request: FastifyRequest): Promise<ErasureResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.flatMap(decodeContactParams(request.params), ({ contactId }) =>
      eraseContact(workspaceId, contactId)
    )
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }
}
