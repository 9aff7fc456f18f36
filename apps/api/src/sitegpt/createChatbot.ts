import { Agents, Chatbots, Ids } from "@butler/domain"
import { Effect, Option } from "effect"
import type { Caller } from "../auth/Caller.ts"

/** Makes an agent that knows nothing yet: it draws on none of what the workspace's others know. */
export const createChatbot = Effect.fn("createChatbot")(function* ({ apiKeyId, workspaceId }: Caller, name: string) {
  const id = yield* (yield* Ids).agentId
  const agents = yield* Agents
  yield* agents.create(workspaceId, { id, name, settings: { knowledgeBases: [] } }, { by: apiKeyId, note: null })
  return Option.getOrThrow(yield* (yield* Chatbots).find(workspaceId, id))
})
