import type { AgentDraftResource, AgentResource, AgentVersionPage, AgentVersionResource } from "@butler/contracts"
import { type Agent, type AgentState, type AgentVersion, draftOf } from "@butler/domain"
import { agentSettingsResource } from "./agentSettingsResource.ts"

export const agentResource = ({ id, name, settings, version }: Agent): AgentResource => ({
  id,
  name,
  version,
  ...agentSettingsResource(settings)
})

export const agentDraftResource = (state: AgentState): AgentDraftResource => {
  const { name, settings } = draftOf(state)
  return {
    name,
    ...agentSettingsResource(settings),
    publishedVersion: state.agent.version,
    changed: state.draft !== null
  }
}

export const agentVersionSummary = ({
  by,
  name,
  note,
  publishedAt,
  version
}: AgentVersion): AgentVersionPage["data"][number] => ({
  version,
  name,
  note,
  publishedBy: by,
  publishedAt: publishedAt.toISOString()
})

export const agentVersionResource = (version: AgentVersion): AgentVersionResource => ({
  ...agentVersionSummary(version),
  ...agentSettingsResource(version.settings)
})
