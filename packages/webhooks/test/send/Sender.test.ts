import type { ReceiverReply } from "@butler/testing"
import { testCertificate } from "@butler/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { post, receiver, senderLayer } from "./receivers.ts"

const ended: ReadonlyArray<readonly [string, ReceiverReply, string, number | null]> = [
  ["refuses", { kind: "status", status: 500, body: "no" }, "status", 500],
  ["redirects", { kind: "status", status: 307, headers: { location: "http://127.0.0.1:1/" } }, "redirect", 307],
  ["answers without end", { kind: "endless" }, "body_too_large", 200],
  ["sends a gzip bomb", { kind: "gzipBomb" }, "encoded_body", 200],
  ["sends 60 kB of headers", { kind: "bigHeaders", bytes: 60_000 }, "headers_too_large", null],
  ["resets the connection", { kind: "reset" }, "reset", null],
  ["resets it after the headers", { kind: "reset", afterHeaders: true }, "reset", 200],
  ["breaks off", { kind: "short" }, "reset", 200],
  ["speaks no HTTP", { kind: "garbage" }, "protocol", null]
]

describe("a receiver that", () => {
  for (const [name, reply, error, status] of ended) {
    it.live(`${name} is a recorded failure`, () =>
      Effect.gen(function* () {
        const { url } = yield* receiver(reply)
        const attempt = yield* post(url)
        assert.strictEqual(attempt.error, error)
        assert.strictEqual(attempt.status, status)
        assert.isAtMost(attempt.response.length, 16_384)
      }).pipe(Effect.provide(senderLayer()))
    )
  }

  it.live.each([
    ["hangs", { kind: "hang" }, null, "timeout"],
    ["drips", { kind: "drip", everyMs: 10 }, 200, "timeout"],
    ["drips a refusal", { kind: "drip", everyMs: 10, status: 503 }, 503, "status"]
  ] as const)("%s ends at the one deadline", ([, reply, status, error]) =>
    Effect.gen(function* () {
      const { url } = yield* receiver(reply)
      const attempt = yield* post(url, { timeoutMs: 150 })
      assert.strictEqual(attempt.error, error)
      assert.strictEqual(attempt.status, status)
      assert.isAtLeast(attempt.durationMs, 145)
      assert.isBelow(attempt.durationMs, 1_000)
    }).pipe(Effect.provide(senderLayer()))
  )

  it.live("is not there is a recorded failure", () =>
    Effect.gen(function* () {
      const { url } = yield* Effect.scoped(receiver())
      assert.strictEqual((yield* post(url)).error, "connect")
    }).pipe(Effect.provide(senderLayer()))
  )

  it.live("has a certificate that nobody signed is a recorded failure", () =>
    Effect.gen(function* () {
      const { requests, url } = yield* receiver(undefined, { tls: true })
      assert.strictEqual((yield* post(url)).error, "tls")
      assert.strictEqual(requests.length, 0)
    }).pipe(Effect.provide(senderLayer()))
  )

  it.live("has a certificate of another name is a recorded failure", () =>
    Effect.gen(function* () {
      const { port } = yield* receiver(undefined, { tls: true })
      assert.strictEqual((yield* post(`https://other.test:${port}/`)).error, "tls")
      assert.strictEqual((yield* post(`https://receiver.test:${port}/`)).error, null)
    }).pipe(
      Effect.provide(senderLayer({ allow: ["127.0.0.0/8"], ca: testCertificate, resolve: async () => ["127.0.0.1"] }))
    )
  )
})

describe("a good receiver", () => {
  it.live("gets exactly what was signed", () =>
    Effect.gen(function* () {
      const { requests, url } = yield* receiver({ kind: "status", status: 204 })
      const body = JSON.stringify({ text: "您好 \u0000 😀" })
      const attempt = yield* post(`${url}/hook?x=1`, {
        body,
        headers: { TENANT_ID: "t", "content-type": "application/json" }
      })
      assert.deepInclude(attempt, { status: 204, error: null, retryAfterMs: null })
      const [request] = requests
      assert.strictEqual(request?.method, "POST")
      assert.strictEqual(request?.path, "/hook?x=1")
      assert.strictEqual(request?.body, body)
      assert.include(request?.rawHeaders ?? [], "TENANT_ID")
    }).pipe(Effect.provide(senderLayer()))
  )

  it.live("may say much, of which the beginning is kept", () =>
    Effect.gen(function* () {
      const { url } = yield* receiver({ kind: "status", status: 200, body: "x".repeat(40_000) })
      const attempt = yield* post(url)
      assert.strictEqual(attempt.error, null)
      assert.strictEqual(attempt.response.length, 16_384)
    }).pipe(Effect.provide(senderLayer()))
  )

  it.live("is heard when it asks for time", () =>
    Effect.gen(function* () {
      const { url } = yield* receiver({ kind: "status", status: 503, headers: { "retry-after": "120" } })
      assert.strictEqual((yield* post(url)).retryAfterMs, 120_000)
    }).pipe(Effect.provide(senderLayer()))
  )
})
