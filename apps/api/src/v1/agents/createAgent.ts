import type { NewAgentRequest } from "@butler/contracts"
import { Agents, changeAgent, Ids } from "@butler/domain"
import { Effect } from "effect"
import type { Caller } from "../../auth/Caller.ts"
import { judgedChange } from "./judgedChange.ts"
import { judgeModels } from "./judgeModels.ts"
import { judgeTools } from "./judgeTools.ts"

/** Makes an agent; it is published as its first version. */
export const createAgent = Effect.fn("createAgent")(function* (
  { apiKeyId, workspaceId }: Caller,
  wanted: NewAgentRequest
) {
  const change = yield* judgedChange(workspaceId, wanted)
  const id = yield* (yield* Ids).agentId
  const blank = { id, name: wanted.name, version: 1 }
  yield* judgeModels(change, Effect.succeed(blank))
  yield* judgeTools(workspaceId, change, Effect.succeed(blank))
  const { name, settings } = changeAgent(blank, change)
  const agents = yield* Agents
  const agent = { id, name, ...(settings !== undefined && { settings }) }
  return yield* agents.create(workspaceId, agent, { by: apiKeyId, note: null })
})
