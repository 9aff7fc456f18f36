import { isUnreadable, ToolFailed, type ToolResult, type ToolServer, type WorkspaceId } from "@butler/domain"
import { Egress } from "@butler/webhooks/egress"
import { Context, Effect, Layer, Scope } from "effect"
import type { McpCall } from "./callTool.ts"
import type { ToolList } from "./listTools.ts"
import { ServerFailed } from "./ServerFailed.ts"
import { serverKey } from "./serverKey.ts"
import type { ToolCommands } from "./ToolCommand.ts"
import { defaultToolLimits, type ToolLimits } from "./toolLimits.ts"

export interface McpServersOptions {
  /** What workspaces may have run, by name. */
  readonly commands: ToolCommands
  /** Where commands are looked for, as `PATH` says it. */
  readonly path: string
  readonly limits?: Partial<ToolLimits>
}

/** Servers of tools that workspaces have named, each spoken to over connections that a workspace's agents share. */
export class McpServers extends Context.Service<
  McpServers,
  {
    /** What a server offers, as it was not long ago. */
    readonly list: (workspaceId: WorkspaceId, server: ToolServer) => Effect.Effect<ToolList, ServerFailed>
    /** What it offers now. */
    readonly refresh: (workspaceId: WorkspaceId, server: ToolServer) => Effect.Effect<ToolList, ServerFailed>
    /** Calls a tool once; interruption calls it off. */
    readonly call: (
      workspaceId: WorkspaceId,
      server: ToolServer,
      call: McpCall
    ) => Effect.Effect<ToolResult, ToolFailed>
  }
>()("@butler/tools/McpServers") {
  static readonly layer = (options: McpServersOptions): Layer.Layer<McpServers, never, Egress> =>
    Layer.effect(McpServers, make(options))
}

/** The SDK takes 0.1 s and 27 MB, which a process whose agents have no tools spares. */
const loadPool = Effect.promise(() => import("./serverPool.ts"))

const UNREADABLE = new ServerFailed({
  reason: "refused",
  detail: "the server's credentials cannot be decrypted: they have to be set once more"
})

/** Without its credentials a server is not spoken to. */
const readable = ({ transport }: ToolServer): Effect.Effect<void, ServerFailed> =>
  transport.type === "http" && Object.values(transport.headers ?? {}).some(isUnreadable) ? UNREADABLE : Effect.void

const listKey = (workspaceId: WorkspaceId, { allow, transport }: ToolServer) => ({
  server: serverKey(workspaceId, transport),
  allow
})

const make = Effect.fnUntraced(function* ({ commands, limits, path }: McpServersOptions) {
  const { dispatcher } = yield* Egress
  const scope = yield* Effect.scope
  const access = { dispatcher, commands, path, limits: { ...defaultToolLimits, ...limits } }
  const pool = yield* loadPool.pipe(
    Effect.flatMap(({ makeServerPool }) => makeServerPool(access)),
    Scope.provide(scope),
    Effect.uninterruptible,
    Effect.cached
  )
  const poolFor = (server: ToolServer) => Effect.andThen(readable(server), pool)
  return McpServers.of({
    list: (workspaceId, server) => Effect.flatMap(poolFor(server), ({ list }) => list(listKey(workspaceId, server))),
    refresh: (workspaceId, server) =>
      Effect.flatMap(poolFor(server), ({ refresh }) => refresh(listKey(workspaceId, server))),
    call: (workspaceId, server, call) =>
      Effect.flatMap(poolFor(server), (servers) => servers.call(serverKey(workspaceId, server.transport), call)).pipe(
        Effect.mapError(({ detail, reason }) => new ToolFailed({ tool: call.tool.name, reason, detail }))
      )
  })
})
