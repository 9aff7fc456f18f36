import { decodeWhitelabelBrandParams, decodeWhitelabelUserParams } from "@butler/contracts"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../../auth/callerOf.ts"
import { refuse } from "../../http/Refused.ts"

/** Whose brand a call names. An id of another form is one that does not exist. */
export const brandOfRequest = Effect.fnUntraced(function* (request: FastifyRequest) {
  const { workspaceId } = callerOf(request)
  const missing = () => refuse("brand_not_found")
  const { brandId } = yield* Effect.mapError(decodeWhitelabelBrandParams(request.params), missing)
  return { workspaceId, brandId }
})

/** Whose user a call names. */
export const userOfRequest = Effect.fnUntraced(function* (request: FastifyRequest) {
  const place = yield* brandOfRequest(request)
  const missing = () => refuse("whitelabel_user_not_found")
  const { userId } = yield* Effect.mapError(decodeWhitelabelUserParams(request.params), missing)
  return { ...place, userId }
})
