import type { AgentListQuery, AgentPage } from "@butler/contracts"
import { Agents, type WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { agentResource } from "./agentResource.ts"
import { agentCursor } from "../cursor.ts"

/** One page of a workspace's agents, oldest first. */
export const listAgents = Effect.fn("listAgents")(function* (workspaceId: WorkspaceId, query: AgentListQuery) {
  const after = yield* agentCursor.decode(query.cursor)
  const rows = yield* (yield* Agents).list({ workspaceId, after, limit: query.limit + 1 })
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  const page: AgentPage = {
    data: shown.map(agentResource),
    nextCursor: last === undefined ? null : agentCursor.encode(last.id)
  }
  return page
})
