import type { NewAgent } from "../agent/Agent.ts"
import type { AgentState } from "../agent/AgentState.ts"
import type { AgentVersion, Publication } from "../agent/AgentVersion.ts"
import type { StoredAgent } from "./MemoryStore.ts"

const versionOf = ({ agent }: AgentState, { by, note }: Publication, publishedAt: Date): AgentVersion => {
  const { id: agentId, ...definition } = agent
  return { agentId, ...definition, by, note, publishedAt }
}

export const newAgent = (agent: NewAgent, publication: Publication, now: Date): StoredAgent => {
  const state = { agent: { ...agent, version: 1 }, draft: null, revision: 0 }
  return { state, versions: [versionOf(state, publication, now)], removed: false }
}

/** The agent as it has become; a version that is new is kept. */
export const withState = (stored: StoredAgent, state: AgentState, publication: Publication, now: Date): StoredAgent =>
  state.agent.version === stored.state.agent.version
    ? { ...stored, state }
    : { ...stored, state, versions: [...stored.versions, versionOf(state, publication, now)] }
