import { once } from "node:events"
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import { Effect, Schema, type Scope } from "effect"

const Received = Schema.Struct({
  id: Schema.optionalKey(Schema.Union([Schema.String, Schema.Finite])),
  method: Schema.String,
  params: Schema.optionalKey(Schema.Record(Schema.String, Schema.Unknown))
})

export interface RawRequest extends Schema.Schema.Type<typeof Received> {
  readonly headers: IncomingHttpHeaders
  /** Whether the client has hung up. */
  hungUp: boolean
}

/** What is done about a request; null leaves it to the server that behaves. */
export type RawScript = (request: RawRequest, response: ServerResponse) => "done" | null

export interface RawServer {
  readonly url: string
  readonly requests: ReadonlyArray<RawRequest>
}

const decode = Schema.decodeUnknownSync(Schema.fromJsonString(Received))

export const sendJson = (response: ServerResponse, body: unknown, status = 200): "done" => {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
  return "done"
}

/** Answers a request with a result. */
export const result = (response: ServerResponse, { id }: RawRequest, value: unknown): "done" =>
  sendJson(response, { jsonrpc: "2.0", id, result: value })

export const echoTool = { name: "echo", description: "Says it again", inputSchema: { type: "object" } }

const behave: RawScript = (request, response) => {
  if (request.id === undefined) {
    response.writeHead(202).end()
    return "done"
  }
  if (request.method === "initialize") {
    return result(response, request, {
      protocolVersion: "2025-06-18",
      capabilities: { tools: {} },
      serverInfo: { name: "raw", version: "1" }
    })
  }
  if (request.method === "tools/list") return result(response, request, { tools: [echoTool] })
  if (request.method === "tools/call") {
    const said = JSON.stringify(request.params?.["arguments"])
    return result(response, request, { content: [{ type: "text", text: said }] })
  }
  return sendJson(response, { jsonrpc: "2.0", id: request.id, error: { code: -32_601, message: "unknown" } })
}

/** A server of tools on the loopback, written by hand: it does what the script says, and else behaves. */
export const rawServer = (script: RawScript = () => null): Effect.Effect<RawServer, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const requests: Array<RawRequest> = []
      const server = createServer((incoming, response) => {
        void text(incoming).then((body) => {
          if (incoming.method !== "POST") return response.writeHead(405).end()
          const request: RawRequest = { ...decode(body), headers: incoming.headers, hungUp: false }
          requests.push(request)
          response.on("close", () => {
            request.hungUp = !response.writableFinished
          })
          return script(request, response) ?? behave(request, response)
        })
      }).listen(0, "127.0.0.1")
      await once(server, "listening")
      const { port } = server.address() as AddressInfo
      return { server, requests, url: `http://127.0.0.1:${port}/mcp` }
    }),
    ({ server }) =>
      Effect.promise(async () => {
        const closed = once(server, "close")
        server.close()
        server.closeAllConnections()
        await closed
      })
  )
