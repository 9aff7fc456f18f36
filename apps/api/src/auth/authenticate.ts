import type { IncomingHttpHeaders } from "node:http"
import { ApiKeys, isUsable, parseApiKey } from "@butler/domain"
import { Clock, Effect, Option } from "effect"
import { refuse, type Refused } from "../http/Refused.ts"
import type { Need } from "../http/RoutePolicy.ts"
import type { Caller } from "./Caller.ts"
import { matches } from "./keySecret.ts"

const BEARER = /^bearer +/i

/** The key as it was shown: in `x-api-key`, or in `authorization` with or without `Bearer`. */
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

/** Who asks, and whether the key may do this. An unknown key and a wrong secret are told apart by nothing. */
export const authenticate = Effect.fnUntraced(function* (
  headers: IncomingHttpHeaders,
  need: Need
): Effect.fn.Return<Caller, Refused, ApiKeys> {
  const text = shownKey(headers)
  const parsed = text === undefined ? null : parseApiKey(text)
  if (text === undefined || parsed === null) return yield* unauthenticated
  const key = Option.getOrNull(yield* (yield* ApiKeys).find(parsed.id))
  if (key === null || !matches(text, key.digest)) return yield* unauthenticated
  if (!isUsable(key, yield* Clock.currentTimeMillis)) return yield* unauthenticated
  if (need !== "any key" && !key.scopes.includes(need)) {
    return yield* refuse("forbidden", `the API key lacks the scope ${need}`)
  }
  return { apiKeyId: key.id, workspaceId: key.workspaceId, scopes: key.scopes, callbackHosts: key.callbackHosts }
})
