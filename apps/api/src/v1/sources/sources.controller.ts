import {
  decodeNewSource,
  decodeSourceChange,
  decodeSourceItemListQuery,
  decodeSourceListQuery,
  decodeSourceParams,
  type SourceItemPage,
  type SourcePage,
  type SourceResource
} from "@butler/contracts"
import { KnowledgeSources, SourceCursor, SourceNotFound } from "@butler/domain"
import { Controller, Delete, Get, HttpCode, Patch, Post, Req } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../../auth/callerOf.ts"
import { EffectRunner } from "../../effect/EffectRunner.ts"
import { Requires } from "../../http/RoutePolicy.ts"
import { sourceCursor } from "../cursor.ts"
import { found } from "../found.ts"
import { v1Refusal } from "../v1Refusal.ts"
import { createSource } from "./createSource.ts"
import { sourceItemResource, sourceResource } from "./sourceResources.ts"
import { uploadSource } from "./uploadSource.ts"

/** The last entry's place, when there is one more than the page holds. */
const nextCursor = (ids: ReadonlyArray<string>, limit: number): string | null => {
  const last = ids.length > limit ? ids[limit - 1] : undefined
  return last === undefined ? null : sourceCursor.encode(SourceCursor.make(last.replace("src_", "")))
}

@Controller("v1/knowledge/sources")
export class SourcesController {
  constructor(private readonly effects: EffectRunner) {}

  @Post()
  @HttpCode(202)
  @Requires("knowledge:write", { largeBody: true })
  create(@Req() request: FastifyRequest): Promise<SourceResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.flatMap(decodeNewSource(request.body), (source) => createSource(workspaceId, source))
    return this.effects.run(request, program.pipe(Effect.map(sourceResource), Effect.mapError(v1Refusal)))
  }

  @Post("upload")
  @HttpCode(202)
  @Requires("knowledge:write", { upload: true })
  upload(@Req() request: FastifyRequest): Promise<SourceResource> {
    const { workspaceId } = callerOf(request)
    const program = uploadSource(workspaceId, request)
    return this.effects.run(request, program.pipe(Effect.map(sourceResource), Effect.mapError(v1Refusal)))
  }

  @Get()
  @Requires("knowledge:read")
  list(@Req() request: FastifyRequest): Promise<SourcePage> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { cursor, knowledgeBaseId = null, limit } = yield* decodeSourceListQuery(request.query)
      const after = yield* sourceCursor.decode(cursor)
      const sources = yield* (yield* KnowledgeSources).list(workspaceId, { knowledgeBaseId, limit: limit + 1, after })
      const ids = sources.map(({ id }) => id)
      return { data: sources.slice(0, limit).map(sourceResource), nextCursor: nextCursor(ids, limit) }
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Get(":sourceId")
  @Requires("knowledge:read")
  find(@Req() request: FastifyRequest): Promise<SourceResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.flatMap(decodeSourceParams(request.params), ({ sourceId }) =>
      KnowledgeSources.use((sources) => sources.find(workspaceId, sourceId)).pipe(
        found(() => new SourceNotFound({ sourceId }))
      )
    )
    return this.effects.run(request, program.pipe(Effect.map(sourceResource), Effect.mapError(v1Refusal)))
  }

  @Get(":sourceId/items")
  @Requires("knowledge:read")
  items(@Req() request: FastifyRequest): Promise<SourceItemPage> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { sourceId } = yield* decodeSourceParams(request.params)
      const { cursor, limit, status = null } = yield* decodeSourceItemListQuery(request.query)
      const after = yield* sourceCursor.decode(cursor)
      const items = yield* (yield* KnowledgeSources).items(workspaceId, sourceId, { status, limit: limit + 1, after })
      const ids = items.map(({ id }) => id)
      return { data: items.slice(0, limit).map(sourceItemResource), nextCursor: nextCursor(ids, limit) }
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Patch(":sourceId")
  @Requires("knowledge:write")
  change(@Req() request: FastifyRequest): Promise<SourceResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { sourceId } = yield* decodeSourceParams(request.params)
      const change = yield* decodeSourceChange(request.body)
      return sourceResource(yield* (yield* KnowledgeSources).change(workspaceId, sourceId, change))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Post(":sourceId/sync")
  @HttpCode(202)
  @Requires("knowledge:write")
  sync(@Req() request: FastifyRequest): Promise<SourceResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.flatMap(decodeSourceParams(request.params), ({ sourceId }) =>
      KnowledgeSources.use((sources) => sources.sync(workspaceId, sourceId))
    )
    return this.effects.run(request, program.pipe(Effect.map(sourceResource), Effect.mapError(v1Refusal)))
  }

  @Delete(":sourceId")
  @HttpCode(204)
  @Requires("knowledge:write")
  remove(@Req() request: FastifyRequest): Promise<void> {
    const { workspaceId } = callerOf(request)
    const program = Effect.flatMap(decodeSourceParams(request.params), ({ sourceId }) =>
      KnowledgeSources.use((sources) => sources.remove(workspaceId, sourceId))
    )
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }
}
