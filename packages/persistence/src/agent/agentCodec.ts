import type { Agent, AgentDefinition, AgentState, AgentVersion, Cipher, WorkspaceId } from "@butler/domain"
import type { AgentRow, AgentStateRow, AgentVersionRow } from "./agentRow.ts"
import { openSettings, sealSettings } from "./agentSecrets.ts"

export interface AgentCodec {
  readonly toAgent: (workspaceId: WorkspaceId, row: AgentRow) => Agent
  readonly toState: (workspaceId: WorkspaceId, row: AgentStateRow) => AgentState
  readonly toVersion: (workspaceId: WorkspaceId, row: AgentVersionRow) => AgentVersion
  /** Null for none. */
  readonly stored: (workspaceId: WorkspaceId, settings: Agent["settings"]) => unknown
}

/** Agents whose turns are run; most have few settings, and one with 50 tasks takes 0.2 ms to decode. */
const KEPT = 500

/** Between rows and agents. What a turn needs is decoded once for each version, since a version never changes. */
export const makeAgentCodec = (cipher: Cipher["Service"]): AgentCodec => {
  const kept = new Map<string, Agent>()

  const toDefinition = (workspaceId: WorkspaceId, name: string, settings: unknown): AgentDefinition =>
    settings === null ? { name } : { name, settings: openSettings(cipher, workspaceId, settings) }

  const decoded = (workspaceId: WorkspaceId, row: AgentRow): Agent => ({
    id: row.agent_id,
    version: row.agent_version,
    ...toDefinition(workspaceId, row.agent_name, row.agent_settings)
  })

  const toAgent = (workspaceId: WorkspaceId, row: AgentRow): Agent => {
    const key = `${workspaceId}/${row.agent_id}/${row.agent_version}`
    const known = kept.get(key)
    if (known !== undefined) return known
    const agent = decoded(workspaceId, row)
    if (kept.size >= KEPT) kept.clear()
    kept.set(key, agent)
    return agent
  }

  return {
    toAgent,
    // Not kept: a transaction may read its own version, and be rolled back.
    toState: (workspaceId, row) => ({
      agent: decoded(workspaceId, row),
      draft: row.draft_name === null ? null : toDefinition(workspaceId, row.draft_name, row.draft_settings),
      revision: row.draft_revision
    }),
    toVersion: (workspaceId, { agent_id: agentId, agent_name, agent_settings, agent_version: version, ...row }) => ({
      agentId,
      version,
      ...toDefinition(workspaceId, agent_name, agent_settings),
      by: row.by,
      note: row.note,
      publishedAt: row.published_at
    }),
    stored: (workspaceId, settings) => (settings === undefined ? null : sealSettings(cipher, workspaceId, settings))
  }
}
