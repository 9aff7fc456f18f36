import type { NewMessage } from "@butler/contracts"
import { Agents, type DialogId, type WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { speak } from "../dialog/speak.ts"
import { refuse } from "../http/Refused.ts"

/** Stores what a person or an agent says; an agent that is named must be one. */
export const postMessage = Effect.fn("postMessage")(function* (
  workspaceId: WorkspaceId,
  dialogId: DialogId,
  { content, contentType, sender, url = "" }: NewMessage
) {
  const { id, type } = sender
  if (type === "agent" && id !== undefined) {
    const agents = yield* Agents.use((all) => all.list(workspaceId))
    if (!agents.some((agent) => agent.id === id)) return yield* refuse("agent_not_found")
  }
  return yield* speak({ workspaceId, dialogId, sender: { type, id: id ?? null }, contentType, content, url })
})
