import type { NewAgent } from "../agent/Agent.ts"
import type { Publication } from "../agent/AgentVersion.ts"
import type { Workspace } from "../workspace/Workspace.ts"
import { newAgent } from "./agentInMemory.ts"
import type { StoredWorkspace } from "./MemoryStore.ts"

/** A workspace that holds nothing but the agent that answers in it by default. */
export const newWorkspaceInMemory = (
  { id, name }: Pick<Workspace, "id" | "name">,
  agent: NewAgent,
  publication: Publication,
  now: Date
): StoredWorkspace => ({
  workspace: { id, name, defaultAgentId: agent.id, modelBudget: null, createdAt: now },
  agents: new Map([[agent.id, newAgent(agent, publication, now)]]),
  contacts: new Map(),
  aliases: new Map(),
  memories: new Map(),
  unanswered: new Map(),
  dialogs: new Map(),
  dialogOfTurn: new Map(),
  idempotency: new Map()
})
