import { type AgentTool, AgentTools, Knowledge, type RunnableTurn, TextAnalyzer, type ToolServer } from "@butler/domain"
import { Effect, Layer } from "effect"
import { ToolIdentity } from "./identity/ToolIdentity.ts"
import { internalTools } from "./internal/internalTools.ts"
import type { ListedTool } from "./mcp/ListedTool.ts"
import { McpServers } from "./mcp/McpServers.ts"
import { ServerFailed } from "./mcp/ServerFailed.ts"
import { type ServerOffer, type ServerTool, serverTools } from "./serverTools.ts"

/** How long a turn waits for a server's list. One that takes longer may have it ready for the next. */
const WAIT = "5 seconds"

const LATE = new ServerFailed({ reason: "timeout", detail: "the server did not list its tools in time" })

/** Whom a claim is made out to. */
const audienceOf = ({ transport }: ToolServer): string =>
  transport.type === "http" ? transport.url : `stdio:${transport.command}`

/** A model is told the server's name for a tool where it cannot use it. */
const descriptionOf = ({ description, name }: ListedTool, called: string): string =>
  called.includes(name) ? description : `${name}: ${description}`

const make = Effect.gen(function* () {
  const servers = yield* McpServers
  const identity = yield* ToolIdentity
  const knowledge = yield* Knowledge
  const analyzer = yield* TextAnalyzer

  const offerOf = ({ agent, id, workspaceId }: RunnableTurn, server: ToolServer) =>
    servers.list(workspaceId, server).pipe(
      Effect.timeoutOrElse({ duration: WAIT, orElse: () => Effect.fail(LATE) }),
      Effect.map(({ tools }): ServerOffer => ({ server, tools })),
      Effect.catchTag("ServerFailed", ({ detail }) =>
        Effect.logWarning("a server of tools gave none").pipe(
          Effect.annotateLogs({ turnId: id, agentId: agent.id, server: server.name, because: detail }),
          Effect.as<ServerOffer>({ server, tools: [] })
        )
      )
    )
  const callable =
    (turn: RunnableTurn) =>
    ({ called, server, tool }: ServerTool): AgentTool => ({
      kind: "mcp",
      name: called,
      description: descriptionOf(tool, called),
      inputSchema: tool.inputSchema,
      call: (input) =>
        Effect.flatMap(identity.sign(turn, audienceOf(server)), (claim) =>
          servers.call(turn.workspaceId, server, { tool, input, identity: claim })
        )
    })

  return AgentTools.of({
    open: Effect.fnUntraced(function* (turn) {
      const { settings = {} } = turn.agent
      const asked = settings.toolServers ?? []
      const offers = yield* Effect.forEach(asked, (server) => offerOf(turn, server), { concurrency: "unbounded" })
      const theirs = serverTools(settings, offers).map(callable(turn))
      return [...internalTools({ turn, knowledge, analyzer }), ...theirs]
    })
  })
})

/** `AgentTools` of servers that speak MCP, and of Butler's own. */
export const AgentToolsMcp: Layer.Layer<AgentTools, never, McpServers | ToolIdentity | Knowledge | TextAnalyzer> =
  Layer.effect(AgentTools, make)
