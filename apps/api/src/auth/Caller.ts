import type { AgentId, ApiKeyId, Scope, WorkspaceId } from "@butler/domain"

/** Whose key came with a request, and what it may do. */
export interface Caller {
  readonly apiKeyId: ApiKeyId
  readonly workspaceId: WorkspaceId
  /** Who answers its turns; null for the workspace's default agent. */
  readonly agentId: AgentId | null
  /** How many requests a minute its key may make, 0 for any number; null for the default. */
  readonly ratePerMinute: number | null
  readonly scopes: ReadonlyArray<Scope>
  /** Where its turns may call back; null for anywhere. */
  readonly callbackHosts: ReadonlyArray<string> | null
}
