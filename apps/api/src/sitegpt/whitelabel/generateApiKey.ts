import { WHITELABEL_SCOPES, type WhitelabelUserPlace, WhitelabelUsers } from "@butler/domain"
import { Effect, Redacted } from "effect"
import { makeKey } from "../../auth/issueKey.ts"

/** A key to a user's workspace, in place of the one that was generated before. */
export const generateApiKey = Effect.fn("generateApiKey")(function* (place: WhitelabelUserPlace) {
  const users = yield* WhitelabelUsers
  const { email, id, workspaceId } = yield* users.find(place)
  const { key, text } = yield* makeKey({ workspaceId, name: "generated", scopes: WHITELABEL_SCOPES, expiresAt: null })
  yield* users.replaceKey(place, key, Redacted.make(text))
  return { userId: id, userEmail: email, apiKey: text }
})
