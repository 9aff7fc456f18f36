import { ACCESS_TOKEN_SECONDS, AccessTokens, type ApiKey } from "@butler/domain"
import { Clock, Effect } from "effect"
import { digestOf, generateToken } from "./keySecret.ts"

/** A token with its whole text, which is shown once and stored nowhere. */
export interface IssuedToken {
  readonly text: string
  /** In how many seconds it expires. */
  readonly expiresIn: number
}

/** Makes a token of a key; it ends with the key where that ends earlier. */
export const issueToken = Effect.fn("issueToken")(function* ({ expiresAt, id, workspaceId }: ApiKey) {
  const now = yield* Clock.currentTimeMillis
  const end = Math.min(now + ACCESS_TOKEN_SECONDS * 1000, expiresAt?.getTime() ?? Infinity)
  const { id: tokenId, text } = generateToken()
  const tokens = yield* AccessTokens
  yield* tokens.insert({ id: tokenId, workspaceId, apiKeyId: id, digest: digestOf(text), expiresAt: new Date(end) })
  const issued: IssuedToken = { text, expiresIn: Math.floor((end - now) / 1000) }
  return issued
})
