import type { Agent } from "../agent/Agent.ts"
import type { WorkspaceId } from "../ids/brands.ts"
import type { Entitlement, Quotas } from "../whitelabel/Entitlement.ts"
import { withoutFunctions } from "../whitelabel/withoutFunctions.ts"
import type { MemoryStore } from "./MemoryStore.ts"

/** With the messages of contacts that came in the month of the last one. */
export interface StoredEntitlement extends Entitlement {
  readonly month: string
  readonly messages: number
}

/** How many of these the workspace may have; null for any number. */
export const quotaOf = (
  { entitlements }: MemoryStore["Service"],
  workspaceId: WorkspaceId,
  of: keyof Quotas
): number | null => entitlements.get(workspaceId)?.quotas[of] ?? null

const monthOf = (now: Date): string => now.toISOString().slice(0, 7)

/** How many messages the workspace may still take this month; null for any number. */
export const messagesLeft = (store: MemoryStore["Service"], workspaceId: WorkspaceId, now: Date): number | null => {
  const stored = store.entitlements.get(workspaceId)
  if (stored === undefined) return null
  const used = stored.month === monthOf(now) ? stored.messages : 0
  return Math.max(0, stored.quotas.combinedMessagesQuota - used)
}

export const countMessage = (store: MemoryStore["Service"], workspaceId: WorkspaceId, now: Date): void => {
  const stored = store.entitlements.get(workspaceId)
  if (stored === undefined) return
  const month = monthOf(now)
  const messages = stored.month === month ? stored.messages + 1 : 1
  store.entitlements.set(workspaceId, { ...stored, month, messages })
}

/** What a workspace's agents answer as, where functions may be switched off. */
export const functionsOf =
  ({ entitlements }: MemoryStore["Service"], workspaceId: WorkspaceId) =>
  (agent: Agent): Agent =>
    entitlements.get(workspaceId)?.features.functions === false ? withoutFunctions(agent) : agent
