import { type AgentId, type ApiKey, ApiKeys, type Scope, type StoredApiKey, type WorkspaceId } from "@butler/domain"
import { Clock, Effect } from "effect"
import { digestOf, generateKey } from "./keySecret.ts"

/** A key with its whole text, which is shown once and stored nowhere. */
export interface IssuedKey {
  readonly key: ApiKey
  readonly text: string
}

interface Grant {
  readonly workspaceId: WorkspaceId
  readonly name: string
  readonly scopes: ReadonlyArray<Scope>
  readonly agentId?: AgentId | null
  readonly ratePerMinute?: number | null
  readonly callbackHosts?: ReadonlyArray<string> | null
  readonly expiresAt: Date | null
}

/** A key to a workspace, which is stored nowhere yet. */
export const makeKey = Effect.fnUntraced(function* (grant: Grant, { id, text } = generateKey()) {
  const key: StoredApiKey = {
    agentId: null,
    ratePerMinute: null,
    callbackHosts: null,
    ...grant,
    id,
    createdAt: new Date(yield* Clock.currentTimeMillis),
    revokedAt: null,
    digest: digestOf(text)
  }
  return { key, text }
})

/** Stores a key to a workspace; a new one unless it is given. */
export const issueKey = Effect.fn("issueKey")(function* (grant: Grant, given = generateKey()) {
  const made = yield* makeKey(grant, given)
  yield* (yield* ApiKeys).insert(made.key)
  const issued: IssuedKey = made
  return issued
})
