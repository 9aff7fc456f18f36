import type { AgentTools, Contacts, IdentitySecrets, Knowledge, TextAnalyzer } from "@butler/domain"
import { AgentToolsMcp, McpServers, ToolIdentity } from "@butler/tools"
import type { Egress } from "@butler/webhooks/egress"
import { Layer } from "effect"
import type { RuntimeConfig } from "./config/RuntimeConfig.ts"

/** What agents may call, and the servers that it is asked of. */
export const toolsLayer = ({
  path,
  toolCommands
}: Pick<RuntimeConfig, "path" | "toolCommands">): Layer.Layer<
  AgentTools | McpServers | ToolIdentity,
  never,
  Contacts | Egress | IdentitySecrets | Knowledge | TextAnalyzer
> =>
  AgentToolsMcp.pipe(
    Layer.provideMerge(Layer.merge(McpServers.layer({ commands: toolCommands, path }), ToolIdentity.layer))
  )
