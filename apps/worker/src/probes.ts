import { Readiness } from "@butler/runtime"
import { Effect, Schema, type Scope } from "effect"
import * as PrometheusMetrics from "effect/observability/PrometheusMetrics"
import { once } from "node:events"
import { createServer, type ServerResponse } from "node:http"

/** Another process has the port, or the address is none of this machine's. */
export class CannotListen extends Schema.TaggedError<CannotListen>()("CannotListen", {
  host: Schema.String,
  port: Schema.Int,
  reason: Schema.String
}) {
  override get message(): string {
    return `cannot listen on ${this.host} port ${this.port}: ${this.reason}`
  }
}

interface Reply {
  readonly status: number
  readonly type: string
  readonly body: string
}

const json = (status: number, body: unknown): Reply => ({
  status,
  type: "application/json",
  body: JSON.stringify(body)
})

const alive = Effect.succeed(json(200, { status: "ok" }))

const ready = Effect.flatMap(Readiness, ({ report }) => report).pipe(
  Effect.map((report) => json(report.status === "ready" ? 200 : 503, report))
)

const metrics = Effect.map(PrometheusMetrics.format(), (body) => ({
  status: 200,
  type: "text/plain; version=0.0.4; charset=utf-8",
  body
}))

const routes = new Map<string, Effect.Effect<Reply, never, Readiness>>([
  ["/healthz", alive],
  ["/readyz", ready],
  ["/metrics", metrics]
])

const replyTo = (method = "GET", url = "/"): Effect.Effect<Reply, never, Readiness> => {
  const route = routes.get(url.split("?", 1)[0] ?? "")
  if (route === undefined) return Effect.succeed(json(404, { status: 404, title: "Not Found" }))
  return method === "GET" || method === "HEAD" ? route : Effect.succeed(json(405, { status: 405 }))
}

const write = (response: ServerResponse, { body, status, type }: Reply): void => {
  response.writeHead(status, { "content-type": type }).end(body)
}

/** What operators ask of a worker, answered until the scope closes; the port it is asked on. */
export const serveProbes = Effect.fnUntraced(function* ({
  host,
  port
}: {
  readonly host: string
  readonly port: number
}): Effect.fn.Return<number, CannotListen, Readiness | Scope.Scope> {
  const run = Effect.runForkWith(yield* Effect.context<Readiness>())
  const server = yield* Effect.acquireRelease(
    Effect.sync(() =>
      createServer(({ method, url }, response) => {
        run(Effect.map(replyTo(method, url), (reply) => write(response, reply)))
      })
    ),
    (made) =>
      Effect.sync(() => {
        made.close()
        made.closeAllConnections()
      })
  )
  yield* Effect.tryPromise({
    try: () => once(server.listen(port, host), "listening"),
    catch: (error) => new CannotListen({ host, port, reason: error instanceof Error ? error.message : String(error) })
  })
  const address = server.address()
  return typeof address === "object" && address !== null ? address.port : port
})
