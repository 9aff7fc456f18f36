import { once } from "node:events"
import { createServer, type IncomingHttpHeaders } from "node:http"
import { createServer as createSocketServer } from "node:net"
import { dirname, join } from "node:path"
import type { ToolServer } from "@butler/domain"
import { type NodeProcess, startNode } from "@butler/testing"
import { assert, layer } from "@effect/vitest"
import { toNodeHandler } from "@modelcontextprotocol/node"
import { createMcpHandler, fromJsonSchema, McpServer } from "@modelcontextprotocol/server"
import { Effect, Schedule } from "effect"
import { McpServers } from "../../src/mcp/McpServers.ts"
import { call, everythingProgram, http, servers, stdio, workspaceId } from "./support/servers.ts"

const listening = async (server: ReturnType<typeof createSocketServer>): Promise<number> => {
  await once(server.listen(0, "127.0.0.1"), "listening")
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("no port")
  return address.port
}

const freePort = Effect.promise(async () => {
  const server = createSocketServer()
  const port = await listening(server)
  server.close()
  await once(server, "close")
  return port
})

/** The reference server over HTTP; it tells on its standard error when it is ready. */
const everythingOverHttp = Effect.gen(function* () {
  const port = yield* freePort
  const program = join(dirname(everythingProgram), "transports/streamableHttp.js")
  const running: NodeProcess = yield* Effect.acquireRelease(
    Effect.sync(() => startNode(program, { PORT: `${port}` })),
    ({ ended, signal }) =>
      Effect.andThen(
        Effect.sync(() => signal("SIGKILL")),
        Effect.promise(() => ended)
      )
  )
  yield* Effect.sync(running.stderr).pipe(
    Effect.repeat({ until: (text) => text.includes("listening"), schedule: Schedule.spaced("20 millis") }),
    Effect.timeout("20 seconds")
  )
  return http(`http://127.0.0.1:${port}/mcp`)
})

/** A server of the SDK's present generation, which knows no sessions. */
const present = (seen: Array<IncomingHttpHeaders>) => {
  const handler = toNodeHandler(
    createMcpHandler(() => {
      const server = new McpServer({ name: "present", version: "1" })
      const inputSchema = fromJsonSchema<{ readonly a: number }>({
        type: "object",
        properties: { a: { type: "number" } },
        required: ["a"]
      })
      server.registerTool("double", { description: "Twice a", inputSchema }, ({ a }) => ({
        content: [{ type: "text", text: String(2 * a) }]
      }))
      return server
    })
  )
  return Effect.acquireRelease(
    Effect.promise(async () => {
      const server = createServer((request, response) => {
        seen.push(request.headers)
        void handler(Object.assign(request, { method: request.method ?? "", url: request.url ?? "" }), response)
      })
      return { server, url: `http://127.0.0.1:${await listening(server)}/mcp` }
    }),
    ({ server }) => Effect.sync(() => server.close().closeAllConnections())
  )
}

const isUsable = Effect.fnUntraced(function* (server: ToolServer) {
  const mcp = yield* McpServers
  const { problems, tools } = yield* mcp.list(workspaceId, server)
  assert.deepStrictEqual(problems, [])
  assert.includeMembers(
    tools.map(({ name }) => name),
    ["echo", "get-sum", "get-structured-content", "get-tiny-image"]
  )
  assert.deepStrictEqual(yield* call(server, "echo", { message: "你好" }), { content: "Echo: 你好", isError: false })
  assert.include((yield* call(server, "get-structured-content", { location: "Chicago" })).content, "temperature")
  assert.include((yield* call(server, "get-tiny-image")).content, "[image, image/png, not shown]")
  assert.deepInclude(yield* call(server, "get-sum", { a: "one" }), { isError: true })
  assert.deepInclude(yield* call(server, "no-such-tool"), { isError: true })
})

layer(servers(), { excludeTestServices: true })("reference servers", (it) => {
  it.effect("are usable over standard input and output", () =>
    Effect.gen(function* () {
      yield* isUsable(stdio("everything"))
      const env: unknown = JSON.parse((yield* call(stdio("everything"), "get-env")).content)
      assert.deepStrictEqual(env, { PATH: process.env["PATH"], GREETING: "hello" })
    })
  )

  it.effect("are usable over HTTP, with a session", () => Effect.flatMap(everythingOverHttp, isUsable))

  it.effect("are usable over HTTP in the protocol's present form, without one", () =>
    Effect.gen(function* () {
      const seen: Array<IncomingHttpHeaders> = []
      const { url } = yield* present(seen)
      const said = yield* call(http(url), "double", { a: 21 }, "signed.claim")
      assert.deepStrictEqual(said, { content: "42", isError: false })
      assert.include(seen.at(-1), { "mcp-method": "tools/call", "x-butler-identity": "signed.claim" })
      assert.isUndefined(seen.find((headers) => headers["mcp-session-id"] !== undefined))
    })
  )
})
