import * as Lane from "../lane/Lane.ts"
import type { LeaseTerms } from "../lane/Lane.ts"
import type { RunnableTurn } from "../turn/Turns.ts"
import { isEnded } from "../turn/turnStatus.ts"
import { advanceHead, headOf } from "./advanceHead.ts"
import { functionsOf } from "./entitlementInMemory.ts"
import { agentOf, askedOf, type MemoryStore, type StoredDialog, type StoredWorkspace } from "./MemoryStore.ts"

interface Due {
  readonly in: StoredWorkspace
  readonly stored: StoredDialog
  /** Place among the due heads of its workspace. */
  readonly rank: number
}

const dueIn = (workspace: StoredWorkspace, now: number): ReadonlyArray<Due> =>
  [...workspace.dialogs.values()]
    .filter(({ lane }) => lane.nextAt <= now)
    .toSorted((a, b) => a.lane.nextAt - b.lane.nextAt)
    .map((stored, rank) => ({ in: workspace, stored, rank }))

/** Each workspace's oldest before anyone's second oldest. */
const fairly = (a: Due, b: Due): number => a.rank - b.rank || a.stored.lane.nextAt - b.stored.lane.nextAt

/** A turn that was cancelled while it waited has left its place in the line. */
const skipEnded = (stored: StoredDialog, now: number): void => {
  while (stored.lane.nextAt <= now && isEnded(headOf(stored).status)) stored.lane = Lane.dropHead(stored.lane, now)
}

const lease = (
  store: MemoryStore["Service"],
  { in: { agents, workspace }, stored }: Due,
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
  [...store.workspaces.values()]
    .flatMap((workspace) => dueIn(workspace, now.getTime()))
    .toSorted(fairly)
    .slice(0, limit)
    .flatMap((due) => lease(store, due, now, terms) ?? [])
