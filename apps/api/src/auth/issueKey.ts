import { type AgentId, type ApiKey, ApiKeys, type Scope, type WorkspaceId } from "@butler/domain"
import { Clock, Effect } from "effect"
import { digestOf, generateKey } from "./keySecret.ts"

/** A key with its whole text, which is shown once and stored nowhere. */
export interface IssuedKey {
  readonly key: ApiKey
  readonly text: string
}

/** Stores a key to a workspace; a new one unless it is given. */
export const issueKey = Effect.fn("issueKey")(function* (
  grant: {
    readonly workspaceId: WorkspaceId
    readonly name: string
    readonly scopes: ReadonlyArray<Scope>
    readonly agentId?: AgentId | null
    readonly ratePerMinute?: number | null
    readonly callbackHosts?: ReadonlyArray<string> | null
    readonly expiresAt: Date | null
  },
  { id, text }: ReturnType<typeof generateKey> = generateKey()
) {
  const key: ApiKey = {
    agentId: null,
    ratePerMinute: null,
    callbackHosts: null,
    ...grant,
    id,
    createdAt: new Date(yield* Clock.currentTimeMillis),
    revokedAt: null
  }
  yield* (yield* ApiKeys).insert({ ...key, digest: digestOf(text) })
  const issued: IssuedKey = { key, text }
  return issued
})
