import { once } from "node:events"
import { createServer } from "node:http"
import { Answerer } from "@butler/domain"
import { freshPglite } from "@butler/persistence/testing"
import { Effect, Layer } from "effect"
import { expect, it } from "vitest"
import { at, call, listAt, say, textAt } from "./support/call.ts"
import { startApi } from "./support/startApi.ts"

/** Takes what an OpenTelemetry collector takes. */
const startCollector = async () => {
  const traces: Array<unknown> = []
  const server = createServer((request, response) => {
    let body = ""
    request.on("data", (chunk: Buffer) => (body += chunk.toString()))
    request.on("end", () => {
      if (request.url === "/v1/traces") traces.push(JSON.parse(body))
      response.end("{}")
    })
  })
  await once(server.listen(0, "127.0.0.1"), "listening")
  const address = server.address()
  const spans = () =>
    traces.flatMap((trace) =>
      listAt(trace, "resourceSpans").flatMap((resource) =>
        listAt(resource, "scopeSpans").flatMap((scope) => listAt(scope, "spans"))
      )
    )
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
    spans,
    stop: () => server.close()
  }
}

it("sends traces to the collector, in the caller's trace", async () => {
  const collector = await startCollector()
  const api = await startApi(freshPglite, { environment: { OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/` } })
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
  expect((await say(api, { query: "hello" }, { headers: { traceparent } })).status).toBe(200)
  expect((await call(api, "/v1/dialogs")).status).toBe(200)
  await api.stop()
  collector.stop()
  const spans = collector.spans()
  const served = spans.find((span) => textAt(span, "name").startsWith("POST /api/open/v4"))
  expect(served).toMatchObject({ traceId: "0af7651916cd43dd8448eb211c80319c", parentSpanId: "b7ad6b7169203331" })
  const inside = spans.filter((span) => at(span, "traceId") === at(served, "traceId")).map((span) => at(span, "name"))
  expect(inside).toEqual(expect.arrayContaining(["completeTurn", "acceptTurn", "runTurn"]))
  const other = spans.find((span) => at(span, "name") === "GET /v1/dialogs")
  expect(at(other, "traceId")).toMatch(/^(?!0af7651916cd43dd8448eb211c80319c)[0-9a-f]{32}$/)
})

it("stops in a bounded time, whatever is in flight", async () => {
  const never = Layer.succeed(Answerer, Answerer.of({ answer: () => Effect.never }))
  const api = await startApi(freshPglite, { answerer: never, environment: { BUTLER_SHUTDOWN_GRACE_MS: "200" } })
  const waiting = say(api, { query: "hello", userId: "u" }).then(
    ({ status }) => status,
    () => "cut"
  )
  await expect.poll(async () => listAt((await call(api, "/v1/dialogs")).body, "data").length).toBe(2)
  const started = performance.now()
  await api.stop()
  expect(performance.now() - started).toBeLessThan(3000)
  expect([503, "cut"]).toContain(await waiting)
})
