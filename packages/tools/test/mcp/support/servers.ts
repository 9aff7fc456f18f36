import { createRequire } from "node:module"
import { join } from "node:path"
import type { ToolServer } from "@butler/domain"
import { WorkspaceId } from "@butler/domain"
import { Egress } from "@butler/webhooks/egress"
import { Effect, Layer, Redacted } from "effect"
import { McpServers } from "../../../src/mcp/McpServers.ts"
import type { ToolLimits } from "../../../src/mcp/toolLimits.ts"

export const workspaceId = WorkspaceId.make("3f2504e0-4f89-41d3-9a0c-0305e82c3301")
export const otherWorkspaceId = WorkspaceId.make("3f2504e0-4f89-41d3-9a0c-0305e82c3302")

const everything = createRequire(import.meta.url).resolve("@modelcontextprotocol/server-everything/dist/index.js")

export const everythingProgram = everything

const commands = {
  everything: { command: process.execPath, args: [everything, "stdio"], env: { GREETING: Redacted.make("hello") } },
  raw: { command: process.execPath, args: [join(import.meta.dirname, "stdioServer.ts")] },
  missing: { command: "/no/such/program" },
  ends: { command: process.execPath, args: ["-e", "process.exit(1)"] }
}

/** Servers that may stand on the loopback, under limits that a test need not wait for. */
export const servers = (limits: Partial<ToolLimits> = {}, allow: ReadonlyArray<string> = ["127.0.0.0/8"]) =>
  McpServers.layer({ commands, path: process.env["PATH"] ?? "", limits }).pipe(
    Layer.provide(Layer.orDie(Egress.layer({ allow })))
  )

export const http = (url: string, given: Partial<ToolServer> = {}): ToolServer => ({
  name: "remote",
  transport: { type: "http", url },
  ...given
})

export const stdio = (command: string): ToolServer => ({ name: "local", transport: { type: "stdio", command } })

/** Lists the server's tools and calls one of them. */
export const call = Effect.fnUntraced(function* (
  server: ToolServer,
  name: string,
  input: unknown = {},
  identity: string | null = null
) {
  const mcp = yield* McpServers
  const { tools } = yield* mcp.list(workspaceId, server)
  const tool = tools.find((listed) => listed.name === name) ?? {
    name,
    description: "",
    inputSchema: { type: "object" },
    outputSchema: null
  }
  return yield* mcp.call(workspaceId, server, { tool, input, identity })
})
