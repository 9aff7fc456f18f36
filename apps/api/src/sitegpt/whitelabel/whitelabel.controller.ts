import {
  decodeNewWhitelabelUser,
  decodeWhitelabelUserChange,
  decodeWhitelabelUserQuery,
  type SitegptReply
} from "@butler/contracts"
import { Brands, WhitelabelUsers } from "@butler/domain"
import { Controller, Get, HttpCode, Patch, Post, Req } from "@nestjs/common"
import { Effect, Redacted } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../../auth/callerOf.ts"
import { EffectRunner } from "../../effect/EffectRunner.ts"
import { refuse } from "../../http/Refused.ts"
import { Requires } from "../../http/RoutePolicy.ts"
import { isSet } from "../isSet.ts"
import { pageOf } from "../pageOf.ts"
import { respond } from "../respond.ts"
import { addWhitelabelUser } from "./addWhitelabelUser.ts"
import { generateApiKey } from "./generateApiKey.ts"
import { brandOfRequest, userOfRequest } from "./params.ts"
import { whitelabelBrandResource, whitelabelUserResource } from "./whitelabelResources.ts"

/** Resellers, whose users are workspaces. */
@Controller("api/v0/w/brands")
export class WhitelabelController {
  constructor(private readonly effects: EffectRunner) {}

  @Get()
  @Requires("brands:read")
  list(@Req() request: FastifyRequest): Promise<SitegptReply<"fetchWhitelabelBrands">> {
    const { workspaceId } = callerOf(request)
    const program = Brands.use((brands) => brands.list(workspaceId)).pipe(
      Effect.flatMap((brands) => pageOf(request, brands)),
      Effect.map((brands) => ({ brands: brands.map(whitelabelBrandResource) }))
    )
    return respond(this.effects, request, "fetchWhitelabelBrands", program)
  }

  @Get(":brandId")
  @Requires("brands:read")
  find(@Req() request: FastifyRequest): Promise<SitegptReply<"fetchWhitelabelBrand">> {
    const program = Effect.gen(function* () {
      const { brandId, workspaceId } = yield* brandOfRequest(request)
      return { brand: whitelabelBrandResource(yield* (yield* Brands).find(workspaceId, brandId)) }
    })
    return respond(this.effects, request, "fetchWhitelabelBrand", program)
  }

  @Post(":brandId/users")
  @HttpCode(200)
  @Requires("brands:write")
  addUser(@Req() request: FastifyRequest): Promise<SitegptReply<"addWhitelabelUser">> {
    const program = Effect.gen(function* () {
      const place = yield* brandOfRequest(request)
      const wanted = yield* decodeNewWhitelabelUser(request.body ?? {})
      return { whitelabelUser: whitelabelUserResource(yield* addWhitelabelUser(place, wanted)) }
    })
    return respond(this.effects, request, "addWhitelabelUser", program)
  }

  @Get(":brandId/users/:userId")
  @Requires("brands:read")
  findUser(@Req() request: FastifyRequest): Promise<SitegptReply<"fetchWhitelabelUser">> {
    const caller = callerOf(request)
    const program = Effect.gen(function* () {
      const place = yield* userOfRequest(request)
      const { includeApiKey, includeFeatures } = yield* decodeWhitelabelUserQuery(request.query)
      const users = yield* WhitelabelUsers
      const user = yield* users.find(place)
      const features = isSet(includeFeatures) && { features: user.features }
      if (!isSet(includeApiKey)) return { whitelabelUser: whitelabelUserResource(user, { ...features }) }
      if (!caller.scopes.includes("brands:write")) {
        return yield* refuse("forbidden", "the API key lacks the scope brands:write")
      }
      const text = yield* users.apiKey(place)
      const apiKey = text === null ? null : Redacted.value(text)
      return { whitelabelUser: whitelabelUserResource(user, { apiKey, ...features }) }
    })
    return respond(this.effects, request, "fetchWhitelabelUser", program)
  }

  @Patch(":brandId/users/:userId")
  @Requires("brands:write")
  changeUser(@Req() request: FastifyRequest): Promise<SitegptReply<"updateWhitelabelUser">> {
    const program = Effect.gen(function* () {
      const place = yield* userOfRequest(request)
      const users = yield* WhitelabelUsers
      const { features = {}, ...quotas } = yield* decodeWhitelabelUserChange(request.body ?? {})
      const user = yield* users.change(place, { quotas, features })
      return { whitelabelUser: whitelabelUserResource(user, { features: user.features }) }
    })
    return respond(this.effects, request, "updateWhitelabelUser", program)
  }

  @Patch(":brandId/users/:userId/api-key")
  @Requires("brands:write")
  generateKey(@Req() request: FastifyRequest): Promise<SitegptReply<"generateWhitelabelUserApiKey">> {
    const program = Effect.flatMap(userOfRequest(request), generateApiKey)
    return respond(this.effects, request, "generateWhitelabelUserApiKey", program)
  }
}
