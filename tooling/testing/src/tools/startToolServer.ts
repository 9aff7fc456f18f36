import { once } from "node:events"
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http"
import { text } from "node:stream/consumers"
import { Schema } from "effect"

const Received = Schema.Struct({
  id: Schema.optionalKey(Schema.Union([Schema.String, Schema.Finite])),
  method: Schema.String,
  params: Schema.optionalKey(Schema.Record(Schema.String, Schema.Unknown))
})

export interface ToolRequest extends Schema.Schema.Type<typeof Received> {
  readonly headers: IncomingHttpHeaders
  /** Whether the client has hung up. */
  hungUp: boolean
}

/** What is done about a request; null leaves it to the server that behaves. */
export type ToolScript = (request: ToolRequest, response: ServerResponse) => "done" | null

export interface ToolServer {
  readonly url: string
  /** Messages so far, oldest first. */
  readonly requests: ReadonlyArray<ToolRequest>
  readonly stop: () => Promise<void>
}

const decode = Schema.decodeUnknownSync(Schema.fromJsonString(Received))

export const sendJson = (response: ServerResponse, body: unknown, status = 200): "done" => {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
  return "done"
}

/** Answers a request with a result. */
export const toolResult = (response: ServerResponse, { id }: ToolRequest, value: unknown): "done" =>
  sendJson(response, { jsonrpc: "2.0", id, result: value })

export const echoTool = { name: "echo", description: "Says it again", inputSchema: { type: "object" } }

const behave: ToolScript = (request, response) => {
  if (request.id === undefined) {
    response.writeHead(202).end()
    return "done"
  }
  if (request.method === "initialize") {
    const serverInfo = { name: "scripted", version: "1" }
    const capabilities = { tools: {} }
    return toolResult(response, request, { protocolVersion: "2025-06-18", capabilities, serverInfo })
  }
  if (request.method === "tools/list") return toolResult(response, request, { tools: [echoTool] })
  if (request.method === "tools/call") {
    const said = JSON.stringify(request.params?.["arguments"])
    return toolResult(response, request, { content: [{ type: "text", text: said }] })
  }
  return sendJson(response, { jsonrpc: "2.0", id: request.id, error: { code: -32_601, message: "unknown" } })
}

/** Starts a server of tools on the loopback, MCP over streamable HTTP, that does what the script says and else has an `echo`. */
export const startToolServer = async (script: ToolScript = () => null): Promise<ToolServer> => {
  const requests: Array<ToolRequest> = []
  const server = createServer((incoming, response) => {
    void text(incoming).then((body) => {
      if (incoming.method !== "POST") return response.writeHead(405).end()
      const request: ToolRequest = { ...decode(body), headers: incoming.headers, hungUp: false }
      requests.push(request)
      response.on("close", () => {
        request.hungUp = !response.writableFinished
      })
      return script(request, response) ?? behave(request, response)
    })
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("the server of tools has no port")
  return {
    url: `http://127.0.0.1:${address.port}/mcp`,
    requests,
    stop: async () => {
      const closed = once(server, "close")
      server.close()
      server.closeAllConnections()
      await closed
    }
  }
}
