import {
  type BrandList,
  type BrandResource,
  decodeBrandChange,
  decodeBrandParams,
  decodeNewBrand
} from "@butler/contracts"
import { type Brand, Brands } from "@butler/domain"
import { Controller, Delete, Get, HttpCode, Patch, Post, Req } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../../auth/callerOf.ts"
import { EffectRunner } from "../../effect/EffectRunner.ts"
import { Requires } from "../../http/RoutePolicy.ts"
import { brandContent } from "../../sitegpt/whitelabel/whitelabelResources.ts"
import { v1Refusal } from "../v1Refusal.ts"
import { createBrand } from "./createBrand.ts"
import { judgeBrand } from "./judgeBrand.ts"

const brandResource = (brand: Brand): BrandResource => ({
  ...brandContent(brand),
  workspaceId: brand.workspaceId,
  createdAt: brand.createdAt.toISOString(),
  updatedAt: brand.updatedAt.toISOString()
})

@Controller("v1/brands")
export class BrandsController {
  constructor(private readonly effects: EffectRunner) {}

  @Post()
  @Requires("workspaces:write")
  create(@Req() request: FastifyRequest): Promise<BrandResource> {
    const caller = callerOf(request)
    const program = Effect.gen(function* () {
      const { name, workspaceId = caller.workspaceId, ...content } = yield* decodeNewBrand(request.body)
      return brandResource(yield* createBrand(workspaceId, name, content))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Get()
  @Requires("brands:read")
  list(@Req() request: FastifyRequest): Promise<BrandList> {
    const { workspaceId } = callerOf(request)
    const program = Brands.use((brands) => brands.list(workspaceId))
    return this.effects.run(
      request,
      Effect.map(program, (brands) => ({ data: brands.map(brandResource), nextCursor: null }))
    )
  }

  @Get(":brandId")
  @Requires("brands:read")
  find(@Req() request: FastifyRequest): Promise<BrandResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.flatMap(decodeBrandParams(request.params), ({ brandId }) =>
      Brands.use((brands) => brands.find(workspaceId, brandId))
    )
    return this.effects.run(request, program.pipe(Effect.map(brandResource), Effect.mapError(v1Refusal)))
  }

  @Patch(":brandId")
  @Requires("brands:write")
  change(@Req() request: FastifyRequest): Promise<BrandResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { brandId } = yield* decodeBrandParams(request.params)
      const change = yield* judgeBrand(yield* decodeBrandChange(request.body))
      return brandResource(yield* (yield* Brands).change(workspaceId, brandId, change))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Delete(":brandId")
  @HttpCode(204)
  @Requires("brands:write")
  remove(@Req() request: FastifyRequest): Promise<void> {
    const { workspaceId } = callerOf(request)
    const program = Effect.flatMap(decodeBrandParams(request.params), ({ brandId }) =>
      Brands.use((brands) => brands.remove(workspaceId, brandId))
    )
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }
}
