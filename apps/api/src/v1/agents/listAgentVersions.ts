import type { AgentVersionListQuery, AgentVersionPage } from "@butler/contracts"
import { type AgentId, Agents, type WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { agentVersionCursor } from "../cursor.ts"
import { agentVersionSummary } from "./agentResource.ts"

/** One page of what was published of an agent, newest first. */
export const listAgentVersions = Effect.fn("listAgentVersions")(function* (
  workspaceId: WorkspaceId,
  agentId: AgentId,
  query: AgentVersionListQuery
) {
  const before = yield* agentVersionCursor.decode(query.cursor)
  const rows = yield* (yield* Agents).versions({ workspaceId, agentId, before, limit: query.limit + 1 })
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  const page: AgentVersionPage = {
    data: shown.map(agentVersionSummary),
    nextCursor: last === undefined ? null : agentVersionCursor.encode(last.version)
  }
  return page
})
