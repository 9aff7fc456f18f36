import type { NewApiKey } from "@butler/contracts"
import { WORKSPACE_SCOPES } from "@butler/domain"
import { matchesHost } from "@butler/webhooks/egress"
import { Effect } from "effect"
import type { Caller } from "../auth/Caller.ts"
import { issueKey } from "../auth/issueKey.ts"
import { AppConfig } from "../config.ts"
import { refuse } from "../http/Refused.ts"

/** Whether the caller's own list holds a host, or a pattern as wide as this one. */
const covers = ({ callbackHosts }: Caller, host: string): boolean =>
  (callbackHosts ?? []).some((pattern) => pattern === host || matchesHost(pattern, host))

const mayGrantRate = Effect.fnUntraced(function* (caller: Caller, wanted: number | null) {
  const { ratePerMinute: usual } = yield* AppConfig
  const own = caller.ratePerMinute ?? usual
  const granted = wanted ?? usual
  return own === 0 || (granted > 0 && granted <= own)
})

/** Makes a key to the caller's workspace. A key grants only what it has itself. */
export const createApiKey = Effect.fn("createApiKey")(function* (caller: Caller, wanted: NewApiKey) {
  const scopes = wanted.scopes ?? caller.scopes.filter((scope) => WORKSPACE_SCOPES.includes(scope))
  const excess = scopes.filter((scope) => !caller.scopes.includes(scope))
  if (excess.length > 0) return yield* refuse("forbidden", `the API key cannot grant ${excess.join(", ")}`)
  const expiresAt = wanted.expiresAt === undefined ? null : new Date(wanted.expiresAt)
  const callbackHosts = wanted.callbackHosts ?? caller.callbackHosts
  const beyond = caller.callbackHosts === null ? [] : (callbackHosts ?? []).filter((host) => !covers(caller, host))
  if (beyond.length > 0) return yield* refuse("forbidden", `the API key cannot open ${beyond.join(", ")} to callbacks`)
  const agentId = wanted.agentId ?? caller.agentId
  if (caller.agentId !== null && agentId !== caller.agentId) {
    return yield* refuse("forbidden", "the API key belongs to another agent")
  }
  const ratePerMinute = wanted.ratePerMinute ?? caller.ratePerMinute
  if (!(yield* mayGrantRate(caller, ratePerMinute))) {
    return yield* refuse("forbidden", "the API key cannot grant more requests a minute than it may make")
  }
  return yield* issueKey({
    workspaceId: caller.workspaceId,
    name: wanted.name,
    scopes,
    agentId,
    ratePerMinute,
    callbackHosts,
    expiresAt
  })
})
