import type { ApiKeyId, Scope, WorkspaceId } from "@butler/domain"

/** Whose key came with a request, and what it may do. */
export interface Caller {
  readonly apiKeyId: ApiKeyId
  readonly workspaceId: WorkspaceId
  readonly scopes: ReadonlyArray<Scope>
  /** Where its turns may call back; null for anywhere. */
  readonly callbackHosts: ReadonlyArray<string> | null
}
