import type { TokenBody } from "@butler/contracts"
import { parseApiKey } from "@butler/domain"
import { Effect } from "effect"
import { API_DISABLED } from "../auth/authenticate.ts"
import { issueToken } from "../auth/issueToken.ts"
import { provenKey } from "../auth/provenKey.ts"
import { refuse } from "../http/Refused.ts"

const REFUSED = refuse("unauthenticated", "appKey and appSecret are not the two parts of a valid API key")

/** An access token for the two parts of a key. Nothing tells which of them was wrong. */
export const exchangeToken = Effect.fn("exchangeToken")(function* ({ body: { appKey, appSecret } }: TokenBody) {
  const text = `${appKey}_${appSecret}`
  const key = parseApiKey(text) === null ? null : yield* provenKey(text)
  if (key === null) return yield* REFUSED
  if (!key.apiEnabled) return yield* API_DISABLED
  return yield* issueToken(key)
})
