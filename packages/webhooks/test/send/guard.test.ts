import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Egress, type EgressOptions } from "../../src/egress/index.ts"
import { post, receiver, senderLayer } from "./receivers.ts"

/** A name that answers differently each time it is asked. */
const changing = (answers: ReadonlyArray<ReadonlyArray<string>>): EgressOptions & { readonly asked: () => number } => {
  let count = 0
  const resolve = async () => answers[Math.min(count++, answers.length - 1)] ?? []
  return { resolve, asked: () => count }
}

const absent = () =>
  Promise.reject(Object.assign(new Error("queryA ENOTFOUND"), { code: "ENOTFOUND", syscall: "queryA" }))

const hanging = () => new Promise<never>(() => {})

describe("when dialling", () => {
  it.live("an address literal is judged although no name is looked up", () =>
    Effect.gen(function* () {
      const { port, requests } = yield* receiver()
      for (const host of ["127.0.0.1", "[::ffff:127.0.0.1]", "2130706433", "0.0.0.0", "localhost"]) {
        assert.strictEqual((yield* post(`http://${host}:${port}/`)).error, "refused_address")
        assert.strictEqual((yield* post(`https://${host}:${port}/`)).error, "refused_address")
      }
      assert.strictEqual(requests.length, 0)
    }).pipe(Effect.provide(senderLayer({})))
  )

  it.live("a name that changed its answer since it was accepted is refused", () =>
    Effect.gen(function* () {
      const { port, requests } = yield* receiver()
      const rebinding = changing([["93.184.216.34"], ["127.0.0.1"]])
      const url = `http://rebind.test:${port}/`
      yield* Effect.scoped(Egress.use((egress) => egress.judge(url)).pipe(Effect.provide(Egress.layer(rebinding))))
      assert.strictEqual(rebinding.asked(), 1)
      assert.strictEqual((yield* Effect.provide(post(url), senderLayer(rebinding))).error, "refused_address")
      assert.strictEqual(rebinding.asked(), 2)
      assert.strictEqual(requests.length, 0)
    })
  )

  it.live("a name is looked up once, and what was judged is what is dialled", () =>
    Effect.gen(function* () {
      const { port } = yield* receiver()
      const flipping = changing([["127.0.0.1"], ["10.0.0.1"]])
      const options = { ...flipping, allow: ["127.0.0.1"] }
      assert.strictEqual((yield* Effect.provide(post(`http://flip.test:${port}/`), senderLayer(options))).error, null)
      assert.strictEqual(flipping.asked(), 1)
    })
  )

  it.live("only the permitted addresses of a name are dialled", () =>
    Effect.gen(function* () {
      const { port } = yield* receiver()
      const options = { ...changing([["10.0.0.1", "::1", "127.0.0.1"]]), allow: ["127.0.0.1"] }
      const attempt = yield* Effect.provide(post(`http://mixed.test:${port}/`), senderLayer(options))
      assert.strictEqual(attempt.error, null)
      assert.isBelow(attempt.durationMs, 1_000)
    })
  )

  it.live("an open name leads anywhere, and no other name with it", () =>
    Effect.gen(function* () {
      const { port } = yield* receiver()
      const options = { resolve: async () => ["127.0.0.1"], allow: ["open.test"] }
      const [open, closed] = yield* Effect.provide(
        Effect.all([post(`http://open.test:${port}/`), post(`http://closed.test:${port}/`)]),
        senderLayer(options)
      )
      assert.strictEqual(open.error, null)
      assert.strictEqual(closed.error, "refused_address")
    })
  )

  it.live("a name without an answer is a recorded failure", () =>
    Effect.gen(function* () {
      const sent = post("http://gone.test/")
      assert.strictEqual((yield* Effect.provide(sent, senderLayer({ resolve: absent }))).error, "dns")
    })
  )

  it.live("a name server that hangs ends at the deadline", () =>
    Effect.gen(function* () {
      const sent = post("http://slow.test/", { timeoutMs: 100 })
      assert.strictEqual((yield* Effect.provide(sent, senderLayer({ resolve: hanging }))).error, "timeout")
    })
  )

  it.live("a proxy in the environment is not asked", () =>
    Effect.gen(function* () {
      const proxy = yield* receiver()
      const { url } = yield* receiver()
      yield* Effect.acquireRelease(
        Effect.sync(() =>
          Object.assign(process.env, { HTTP_PROXY: proxy.url, http_proxy: proxy.url, NODE_USE_ENV_PROXY: "1" })
        ),
        () =>
          Effect.sync(() => {
            for (const name of ["HTTP_PROXY", "http_proxy", "NODE_USE_ENV_PROXY"]) delete process.env[name]
          })
      )
      assert.strictEqual((yield* Effect.provide(post(url), senderLayer())).error, null)
      assert.strictEqual(proxy.requests.length, 0)
    })
  )
})
