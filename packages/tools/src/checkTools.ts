import type { AgentSettings, WorkspaceId } from "@butler/domain"
import { Effect, Result } from "effect"
import { internalToolSpecs } from "./internal/internalTools.ts"
import { McpServers } from "./mcp/McpServers.ts"
import { serverTools } from "./serverTools.ts"

/** How one server answered. */
export interface CheckedServer {
  readonly name: string
  /** Why none of its tools is to be had; null where it answered. */
  readonly error: string | null
  /** What of it was left out, in words. */
  readonly problems: ReadonlyArray<string>
  /** Tools that the agent is to have of it and that it does not have. */
  readonly unknown: ReadonlyArray<string>
}

export interface CheckedTool {
  /** What the agent calls it. */
  readonly name: string
  readonly description: string
  /** Null for one of Butler's own. */
  readonly server: string | null
}

export interface CheckedTools {
  readonly tools: ReadonlyArray<CheckedTool>
  readonly servers: ReadonlyArray<CheckedServer>
}

/** Asks all servers of an agent now, and tells what the agent may call. */
export const checkTools = Effect.fn("Tools.check")(function* (
  workspaceId: WorkspaceId,
  settings: Pick<AgentSettings, "internalTools" | "toolServers">
) {
  const mcp = yield* McpServers
  const asked = yield* Effect.forEach(
    settings.toolServers ?? [],
    (server) =>
      Effect.map(Effect.result(mcp.refresh(workspaceId, server)), (answer) => ({
        server,
        error: Result.isFailure(answer) ? answer.failure.detail : null,
        ...(Result.isSuccess(answer) ? answer.success : { tools: [], problems: [], unknown: [] })
      })),
    { concurrency: "unbounded" }
  )
  const own = (settings.internalTools ?? []).map((name): CheckedTool => ({
    name,
    description: internalToolSpecs[name].description,
    server: null
  }))
  const theirs = serverTools(settings, asked).map(({ called, server, tool }): CheckedTool => ({
    name: called,
    description: tool.description,
    server: server.name
  }))
  const checked: CheckedTools = {
    tools: [...own, ...theirs],
    servers: asked.map(({ error, problems, server, unknown }) => ({ name: server.name, error, problems, unknown }))
  }
  return checked
})
