import type { NewAgentRequest } from "@butler/contracts"
import { Agents, changeAgent, Ids } from "@butler/domain"
import { Effect } from "effect"
import type { Caller } from "../../auth/Caller.ts"
import { judgedChange } from "./judgedChange.ts"

/** Makes an agent; it is published as its first version. */
export const createAgent = Effect.fn("createAgent")(function* (
  { apiKeyId, workspaceId }: Caller,
  wanted: NewAgentRequest
) {
  const change = yield* judgedChange(workspaceId, wanted)
  const id = yield* (yield* Ids).agentId
  const { name, settings } = changeAgent({ id, name: wanted.name, version: 1 }, change)
  const agents = yield* Agents
  const agent = { id, name, ...(settings !== undefined && { settings }) }
  return yield* agents.create(workspaceId, agent, { by: apiKeyId, note: null })
})
