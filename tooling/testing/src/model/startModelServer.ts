import { once } from "node:events"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { text } from "node:stream/consumers"
import { answer } from "./answer.ts"
import { errorBody } from "./completionWire.ts"
import { echo } from "./echo.ts"
import type { ModelReply, ModelRequest, ModelScript } from "./ModelReply.ts"

export interface ModelServer {
  /** The base URL to configure: chat completions are under `<url>/chat/completions`. */
  readonly url: string
  /** Completion requests so far, oldest first. */
  readonly requests: ReadonlyArray<ModelRequest>
  /** Requests whose answer is still on its way. */
  readonly open: () => number
  readonly stop: () => Promise<void>
}

export interface ModelServerOptions {
  readonly port?: number
  /** Off for load: what came in is answered and forgotten. */
  readonly record?: boolean
  /** What it says it has, under `<url>/models`; without it, it does not say. */
  readonly models?: ReadonlyArray<string>
}

/** OpenAI's chat completions, and Anthropic's messages for replies that are `raw`. */
const PATHS = /\/(?:chat\/completions|messages)$/u

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

const read = async (incoming: IncomingMessage): Promise<ModelRequest> => {
  const bodyText = await text(incoming)
  return {
    method: incoming.method ?? "",
    path: incoming.url ?? "",
    headers: incoming.headers,
    bodyText,
    body: parsed(bodyText),
    sentAt: [],
    aborted: false
  }
}

/** Reads the script from its beginning. */
const player = (script: ModelScript): ((request: ModelRequest) => ModelReply) => {
  let count = 0
  if (typeof script === "function") return (request) => script(request, count++)
  return () => {
    const reply = script[Math.min(count++, script.length - 1)]
    if (reply === undefined) throw new Error("the script is empty")
    return reply
  }
}

/** Starts a model on the loopback that speaks OpenAI's chat completions and does what the script says. */
export const startModelServer = async (
  script: ModelScript = echo(),
  { models, port = 0, record = true }: ModelServerOptions = {}
): Promise<ModelServer> => {
  const requests: Array<ModelRequest> = []
  const replyTo = player(script)
  let open = 0

  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const request = await read(incoming)
    if (models !== undefined && request.method === "GET" && /\/models(?:\?|$)/u.test(request.path)) {
      const data = models.map((id) => ({ id, object: "model" }))
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ object: "list", data }))
      return
    }
    if (request.method !== "POST" || !PATHS.test(request.path)) {
      response.writeHead(404, { "content-type": "application/json" }).end(errorBody(404, "no such path"))
      return
    }
    if (record) requests.push(request)
    open++
    const gone = new AbortController()
    response.on("close", () => {
      open--
      request.aborted = !response.writableFinished
      gone.abort()
    })
    await answer(request, replyTo(request), response, gone.signal)
  }

  const server = createServer((incoming, response) => {
    // What fails here is a caller that went away, or a script that ran out: either way the connection is of no more use.
    handle(incoming, response).catch(() => response.destroy())
  }).listen(port, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("the model server has no port")

  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    open: () => open,
    stop: async () => {
      const closed = once(server, "close")
      server.close()
      server.closeAllConnections()
      await closed
    }
  }
}
