import { TurnId } from "@butler/domain"
import { assert, it } from "@effect/vitest"
import { Effect, Layer, Stream } from "effect"
import { HttpClient, type HttpClientRequest, HttpClientResponse } from "effect/http"
import { CompletionRequest, problem } from "../src/index.ts"
import { httpClient } from "../src/openapi/index.ts"
import { seed } from "./seed.ts"

/** A server that answers every request alike, and the request it saw. */
const server = (respond: () => Response) => {
  const seen: Array<HttpClientRequest.HttpClientRequest> = []
  const layer = Layer.succeed(
    HttpClient.HttpClient,
    HttpClient.make((request) =>
      Effect.sync(() => {
        seen.push(request)
        return HttpClientResponse.fromWeb(request, respond())
      })
    )
  )
  return { seen, layer }
}

const options = { baseUrl: "http://butler.test", apiKey: "bk_x" }
const json = (body: unknown, status = 200, type = "application/json") =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": type } })

const ask = Effect.gen(function* () {
  const client = yield* httpClient(options)
  return yield* client.butler.complete({ headers: {}, payload: CompletionRequest.make({ query: "hi" }) })
})

it.effect("sends a turn and reads its answer", () => {
  const response = {
    code: 200,
    message: "success",
    data: { ...Object(seed.response).data, turnId: "1", status: "completed" }
  }
  const { seen, layer } = server(() => json(response))
  return Effect.gen(function* () {
    assert.deepStrictEqual<unknown>(yield* ask, response)
    assert.strictEqual(seen[0]?.url, "http://butler.test/api/open/v4/butler/chat/completions")
    assert.strictEqual(seen[0]?.headers["authorization"], "Bearer bk_x")
  }).pipe(Effect.provide(layer))
})

it.effect("reads a stream's events", () => {
  const events = `: hello\n\nid: 1\nevent: delta\ndata: {"text":"你"}\n\nid: 2\nevent: delta\ndata: {"text":"好"}\n\n`
  const { layer } = server(() => new Response(events, { headers: { "content-type": "text/event-stream" } }))
  return Effect.gen(function* () {
    const reply = yield* ask
    assert.isTrue(Stream.isStream(reply))
    if (!Stream.isStream(reply)) return
    assert.deepStrictEqual<unknown>(yield* Stream.runCollect(reply), [
      { id: "1", event: "delta", data: { text: "你" } },
      { id: "2", event: "delta", data: { text: "好" } }
    ])
  }).pipe(Effect.provide(layer))
})

it.effect("fails with the problem a server states", () => {
  const body = problem("turn_not_found", { requestId: "r" })
  const { layer } = server(() => json(body, 404, "application/problem+json"))
  return Effect.gen(function* () {
    const client = yield* httpClient(options)
    const failure = yield* Effect.flip(client.dialogs.getTurn({ params: { turnId: TurnId.make("1") } }))
    assert.deepStrictEqual<unknown>(failure, body)
  }).pipe(Effect.provide(layer))
})
