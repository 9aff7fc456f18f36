import { decodeAgentParams, type NewMessage } from "@butler/contracts"
import { Agents, type DialogId, type WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { speak } from "../dialog/speak.ts"
import { refuse } from "../http/Refused.ts"
import { found } from "./found.ts"

/** Stores what a person or an agent says; an agent that is named must be one. */
export const postMessage = Effect.fn("postMessage")(function* (
  workspaceId: WorkspaceId,
  dialogId: DialogId,
  { content, contentType, sender, url = "" }: NewMessage
) {
  const { id, type } = sender
  if (type === "agent" && id !== undefined) {
    const { agentId } = yield* Effect.mapError(decodeAgentParams({ agentId: id }), () => refuse("agent_not_found"))
    const agents = yield* Agents
    yield* agents.find(workspaceId, agentId).pipe(found(() => refuse("agent_not_found")))
  }
  return yield* speak({ workspaceId, dialogId, sender: { type, id: id ?? null }, contentType, content, url })
})
