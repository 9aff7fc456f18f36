import type { AgentSettings, ToolServer } from "@butler/domain"
import type { ListedTool } from "./mcp/ListedTool.ts"
import { nameTools } from "./nameTools.ts"

/** By which an agent with tasks begins one: no server's tool is called so. */
const BEGIN_TASK = "begin_task"

/** A tool of a server, and what the agent calls it. */
export interface ServerTool {
  readonly server: ToolServer
  readonly tool: ListedTool
  readonly called: string
}

export interface ServerOffer {
  readonly server: ToolServer
  readonly tools: ReadonlyArray<ListedTool>
}

/** What servers offer, under the names by which an agent with these settings calls it. */
export const serverTools = (
  { internalTools = [] }: Pick<AgentSettings, "internalTools">,
  offers: ReadonlyArray<ServerOffer>
): ReadonlyArray<ServerTool> => {
  const own = [...new Set<string>([...internalTools, BEGIN_TASK])]
  const offered = offers.flatMap(({ server, tools }) => tools.map((tool) => ({ server, tool })))
  const names = nameTools([
    ...own.map((name) => ({ server: null, name })),
    ...offered.map(({ server, tool }) => ({ server: server.name, name: tool.name }))
  ])
  return offered.map(({ server, tool }, index) => ({ server, tool, called: names[own.length + index] ?? tool.name }))
}
