import type { AgentTools, Knowledge, TextAnalyzer } from "@butler/domain"
import { AgentToolsMcp, McpServers, ToolIdentity } from "@butler/tools"
import type { Egress } from "@butler/webhooks/egress"
import { Layer } from "effect"
import type { RuntimeConfig } from "./config/RuntimeConfig.ts"

/** What agents may call, and the servers that it is asked of. */
export const toolsLayer = ({
  path,
  toolCommands
}: Pick<RuntimeConfig, "path" | "toolCommands">): Layer.Layer<
  AgentTools | McpServers,
  never,
  Egress | Knowledge | TextAnalyzer
> =>
  AgentToolsMcp.pipe(
    Layer.provide(ToolIdentity.layerNone),
    Layer.provideMerge(McpServers.layer({ commands: toolCommands, path }))
  )
