import { decodeWhitelabelBrandParams, decodeWhitelabelUserParams } from "@butler/contracts"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../../auth/callerOf.ts"
import { refuse } from "../../http/Refused.ts"

const noBrand = () => refuse("brand_not_found")
const noUser = () => refuse("whitelabel_user_not_found")

/** Whose brand a call names. An id of another form is one that does not exist. */
export const brandOfRequest = Effect.fnUntraced(function* (request: FastifyRequest) {
  const { workspaceId } = callerOf(request)
  const { brandId } = yield* Effect.mapError(decodeWhitelabelBrandParams(request.params), noBrand)
  return { workspaceId, brandId }
})

/** Whose user a call names. */
export const userOfRequest = Effect.fnUntraced(function* (request: FastifyRequest) {
  const place = yield* brandOfRequest(request)
  const { userId } = yield* Effect.mapError(decodeWhitelabelUserParams(request.params), noUser)
  return { ...place, userId }
})
