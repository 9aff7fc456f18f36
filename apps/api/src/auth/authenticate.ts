import type { IncomingHttpHeaders } from "node:http"
import type { AccessTokens, ApiKeys } from "@butler/domain"
import { Effect } from "effect"
import { refuse, type Refused } from "../http/Refused.ts"
import type { Need } from "../http/RoutePolicy.ts"
import type { Caller } from "./Caller.ts"
import { provenKey } from "./provenKey.ts"

const BEARER = /^bearer +/i

/** The key or token as it was shown: in `x-api-key`, or in `authorization` with or without `Bearer`. */
const shownKey = (headers: IncomingHttpHeaders): string | undefined => {
  const named = headers["x-api-key"]
  return typeof named === "string" ? named.trim() : headers.authorization?.replace(BEARER, "").trim()
}

const unauthenticated = refuse(
  "unauthenticated",
  "send a valid API key as Authorization: Bearer bk_… or as x-api-key",
  {
    "www-authenticate": "Bearer"
  }
)

/** For a white-label user whose reseller has switched the API off. */
export const API_DISABLED = refuse("feature_disabled", "the API is switched off for the workspace of this key")

/** Who asks, and whether the key may do this. An unknown key and a wrong secret are told apart by nothing. */
export const authenticate = Effect.fnUntraced(function* (
  headers: IncomingHttpHeaders,
  need: Need
): Effect.fn.Return<Caller, Refused, AccessTokens | ApiKeys> {
  const text = shownKey(headers)
  const key = text === undefined ? null : yield* provenKey(text)
  if (key === null) return yield* unauthenticated
  if (!key.apiEnabled) return yield* API_DISABLED
  if (need !== "any key" && !key.scopes.includes(need)) {
    return yield* refuse("forbidden", `the API key lacks the scope ${need}`)
  }
  const { agentId, callbackHosts, id: apiKeyId, ratePerMinute, scopes, workspaceId } = key
  return { apiKeyId, workspaceId, agentId, ratePerMinute, scopes, callbackHosts }
})
