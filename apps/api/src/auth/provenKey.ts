import { AccessTokens, ApiKeys, isUsable, type KnownApiKey, parseAccessToken, parseApiKey } from "@butler/domain"
import { Clock, Effect, Option } from "effect"
import { matches } from "./keySecret.ts"

/** The key that a text proves, being the key itself or a token of it; null when it proves none that may be used now. */
export const provenKey = Effect.fnUntraced(function* (
  text: string
): Effect.fn.Return<KnownApiKey | null, never, AccessTokens | ApiKeys> {
  const now = yield* Clock.currentTimeMillis
  const parsed = parseApiKey(text)
  if (parsed !== null) {
    const key = Option.getOrNull(yield* (yield* ApiKeys).find(parsed.id))
    return key !== null && matches(text, key.digest) && isUsable(key, now) ? key : null
  }
  const tokenId = parseAccessToken(text)
  if (tokenId === null) return null
  const found = Option.getOrNull(yield* (yield* AccessTokens).find(tokenId))
  if (found === null || !matches(text, found.token.digest)) return null
  return found.token.expiresAt.getTime() > now && isUsable(found.key, now) ? found.key : null
})
