import type { NewApiKey } from "@butler/contracts"
import { WORKSPACE_SCOPES } from "@butler/domain"
import { Effect } from "effect"
import type { Caller } from "../auth/Caller.ts"
import { issueKey } from "../auth/issueKey.ts"
import { refuse } from "../http/Refused.ts"

/** Makes a key to the caller's workspace. A key grants only what it has itself. */
export const createApiKey = Effect.fn("createApiKey")(function* (caller: Caller, wanted: NewApiKey) {
  const scopes = wanted.scopes ?? caller.scopes.filter((scope) => WORKSPACE_SCOPES.includes(scope))
  const excess = scopes.filter((scope) => !caller.scopes.includes(scope))
  if (excess.length > 0) return yield* refuse("forbidden", `the API key cannot grant ${excess.join(", ")}`)
  const expiresAt = wanted.expiresAt === undefined ? null : new Date(wanted.expiresAt)
  return yield* issueKey({ workspaceId: caller.workspaceId, name: wanted.name, scopes, expiresAt })
})
