import { Schema } from "effect"
import { AgentId, WorkspaceId } from "../ids/brands.ts"

/** What a key may do. */
export const Scope = Schema.Literals([
  "turns:write",
  "dialogs:read",
  "dialogs:write",
  "contacts:read",
  "contacts:write",
  "knowledge:read",
  "knowledge:write",
  "agents:read",
  "agents:write",
  "webhooks:read",
  "webhooks:write",
  "api-keys:write",
  "brands:read",
  "brands:write",
  "workspaces:write"
])
export type Scope = typeof Scope.Type

export const ALL_SCOPES: ReadonlyArray<Scope> = Scope.literals

/** What a workspace's own keys may do: everything but making workspaces. */
export const WORKSPACE_SCOPES: ReadonlyArray<Scope> = ALL_SCOPES.filter((scope) => scope !== "workspaces:write")

/** What a white-label user's key may do: everything in its own workspace, but it is no reseller. */
export const WHITELABEL_SCOPES: ReadonlyArray<Scope> = WORKSPACE_SCOPES.filter((scope) => !scope.startsWith("brands:"))

/** The public half of `bk_<id>_<secret>`. */
export const ApiKeyId = Schema.String.check(Schema.isPattern(/^[a-z0-9]{16}$/)).pipe(Schema.brand("ApiKeyId"))
export type ApiKeyId = typeof ApiKeyId.Type

/** A key to one workspace; the secret itself is kept nowhere. */
export const ApiKey = Schema.Struct({
  id: ApiKeyId,
  workspaceId: WorkspaceId,
  name: Schema.String,
  scopes: Schema.Array(Scope),
  /** Who answers its turns; null for the workspace's default agent. */
  agentId: Schema.NullOr(AgentId),
  /** How many requests a minute it may make, 0 for any number; null for as many as the operator lets every key make. */
  ratePerMinute: Schema.NullOr(Schema.Int),
  /** The hosts that callbacks of its turns may go to, `*.` for all names below one; null for any. */
  callbackHosts: Schema.NullOr(Schema.Array(Schema.String)),
  createdAt: Schema.Date,
  expiresAt: Schema.NullOr(Schema.Date),
  revokedAt: Schema.NullOr(Schema.Date)
})
export type ApiKey = typeof ApiKey.Type

/** The key does not exist in this workspace. */
export class ApiKeyNotFound extends Schema.TaggedError<ApiKeyNotFound>()("ApiKeyNotFound", { apiKeyId: ApiKeyId }) {}

const FORMAT = /^bk_([a-z0-9]{16})_([A-Za-z0-9_-]{43})$/

/** The two halves of a key as a caller shows it; null when it has not the form `bk_<16 base36>_<43 base64url>`. */
export const parseApiKey = (text: string): { readonly id: ApiKeyId; readonly secret: string } | null => {
  const [, id, secret] = FORMAT.exec(text) ?? []
  return id === undefined || secret === undefined ? null : { id: ApiKeyId.make(id), secret }
}

/** Whether the key is neither revoked nor expired at `now` (milliseconds). */
export const isUsable = (key: Pick<ApiKey, "expiresAt" | "revokedAt">, now: number): boolean =>
  key.revokedAt === null && (key.expiresAt === null || key.expiresAt.getTime() > now)
