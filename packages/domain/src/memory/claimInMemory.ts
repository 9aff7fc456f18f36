import * as Lane from "../lane/Lane.ts"
import type { LeaseTerms } from "../lane/Lane.ts"
import type { RunnableTurn } from "../turn/Turns.ts"
import { isEnded } from "../turn/turnStatus.ts"
import { advanceHead, headOf } from "./advanceHead.ts"
import { dueFairly } from "./dueFairly.ts"
import { functionsOf } from "./entitlementInMemory.ts"
import { agentOf, askedOf, type MemoryStore, type StoredDialog, type StoredWorkspace } from "./MemoryStore.ts"

/** A turn that was cancelled while it waited has left its place in the line. */
const skipEnded = (stored: StoredDialog, now: number): void => {
  while (stored.lane.nextAt <= now && isEnded(headOf(stored).status)) stored.lane = Lane.dropHead(stored.lane, now)
}

const lease = (
  store: MemoryStore["Service"],
  { agents, workspace }: StoredWorkspace,
  stored: StoredDialog,
  now: Date,
  terms: LeaseTerms
): RunnableTurn | null => {
  skipEnded(stored, now.getTime())
  const lane = Lane.claim(stored.lane, now.getTime(), terms)
  if (lane === null) return null
  stored.lane = lane
  const { agentId, agentVersion } = headOf(stored)
  const known = agents.get(agentId)
  if (known === undefined) throw new Error(`agent ${agentId} does not exist`)
  const agent = functionsOf(store, workspace.id)(agentOf(known, agentVersion !== null && agentVersion < 0))
  const turn = advanceHead(stored, "running", ({ startedAt }) => ({
    agentVersion: agent.version,
    attempts: lane.attempts,
    startedAt: startedAt ?? now
  }))
  const { attempts, contactId, dialogId, id } = turn
  const { attachments, channel, query } = askedOf(stored, turn)
  const workspaceId = workspace.id
  const seq = lane.doneSeq + 1
  const held = { workspaceId, key: dialogId, seq, token: terms.token }
  const asked = { query, attachments, channel, workspaceBudget: workspace.modelBudget }
  return { id, workspaceId, dialogId, contactId, agent, ...asked, attempts, lease: held }
}

/** Leases the heads that are due, round-robin over workspaces. */
export const claimInMemory = (
  store: MemoryStore["Service"],
  limit: number,
  now: Date,
  terms: LeaseTerms
): ReadonlyArray<RunnableTurn> =>
  dueFairly(
    Array.from(store.workspaces.values(), (workspace) => [workspace, workspace.dialogs.values()] as const),
    now.getTime(),
    limit
  ).flatMap(([workspace, stored]) => lease(store, workspace, stored, now, terms) ?? [])
