/**
 * The receiver, alone in its process: notes when each message came at each endpoint and says 200. `GET /` tells what came
 * since it was asked last. From `GET /?hang` on, nothing under `/hang` is answered any more.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"

const MESSAGE_ID = /"data":\{"id":"(\d+)"/

let hangs = false
let arrivals: Array<readonly [path: string, messageId: string, at: number]> = []

const now = (): number => performance.timeOrigin + performance.now()

const take = (incoming: IncomingMessage, response: ServerResponse, body: string): void => {
  const path = incoming.url ?? ""
  arrivals.push([path, MESSAGE_ID.exec(body)?.[1] ?? "", now()])
  if (!hangs || !path.startsWith("/hang")) response.end()
}

const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, response) => {
  if (incoming.method === "GET") {
    hangs ||= incoming.url === "/?hang"
    response.setHeader("content-type", "application/json")
    response.end(JSON.stringify(arrivals))
    arrivals = []
    return
  }
  let body = ""
  incoming.setEncoding("utf8")
  incoming.on("data", (chunk: string) => (body += chunk))
  incoming.on("end", () => take(incoming, response, body))
})
server.listen(0, "127.0.0.1", () => {
  const address = server.address()
  if (typeof address === "object" && address !== null) process.send?.(`http://127.0.0.1:${address.port}`)
})
