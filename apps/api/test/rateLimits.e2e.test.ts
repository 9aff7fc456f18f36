import { freshPostgresUrl } from "@butler/persistence/testing"
import { Effect, Exit, Scope } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Answer, at, call, COMPLETIONS, textAt } from "./support/call.ts"
import { type Api, startApi } from "./support/startApi.ts"

const resetOf = ({ headers }: Answer): number => Number(headers.get("x-ratelimit-reset"))

/** The answers of one minute: what a new one began during is asked again. */
const inOneMinute = async (ask: () => Promise<ReadonlyArray<Answer>>): Promise<ReadonlyArray<Answer>> => {
  const answers = await ask()
  const isOne = answers.every((answer) => resetOf(answer) <= resetOf(answers[0] ?? answer))
  return isOne ? answers : ask()
}

describe("limits of requests over two processes on PostgreSQL", () => {
  let scope: Scope.Closeable
  let apis: readonly [Api, Api]
  beforeAll(async () => {
    scope = await Effect.runPromise(Scope.make())
    const url = await Effect.runPromise(Effect.provideService(freshPostgresUrl, Scope.Scope, scope))
    const environment = { DATABASE_URL: url, BUTLER_RATE_PER_MINUTE: "40" }
    apis = [await startApi(null, { environment }), await startApi(null, { environment })]
  })
  afterAll(async () => {
    await Promise.all(apis.map((api) => api.stop()))
    await Effect.runPromise(Scope.close(scope, Exit.void))
  })

  const newKey = async (json: Readonly<Record<string, unknown>> = {}, key?: string) =>
    (await call(apis[0], "/v1/api-keys", { json: { name: "limited", ...json }, ...(key !== undefined && { key }) }))
      .body

  it("no more are let in than a key may make, whichever process is asked", async () => {
    const answers = await inOneMinute(async () => {
      const key = textAt(await newKey({ ratePerMinute: 20 }), "key")
      const all: Array<Answer> = []
      for (let n = 0; n < 15; n++) {
        all.push(
          ...(await Promise.all(
            apis.flatMap((api) => [call(api, "/v1/workspace", { key }), call(api, "/v1/workspace", { key })])
          ))
        )
      }
      return all
    })
    const admitted = answers.filter(({ status }) => status === 200)
    expect(admitted.length).toBe(20)
    expect(answers.filter(({ status }) => status === 429).length).toBe(40)
  })

  it("says on every face how the key stands, and when to ask again", async () => {
    const [first, ...more] = await inOneMinute(async () => {
      const key = textAt(await newKey({ ratePerMinute: 1 }), "key")
      const ask = (path: string, json?: unknown) => call(apis[0], path, { key, ...(json !== undefined && { json }) })
      return [
        await ask("/v1/workspace"),
        await ask("/v1/workspace"),
        await ask(COMPLETIONS, { query: "hello" }),
        await ask("/api/v0/chatbots")
      ]
    })
    expect(first?.status).toBe(200)
    expect(first?.headers.get("ratelimit-policy")).toBe('"key";q=1;w=60')
    expect(first?.headers.get("ratelimit")).toMatch(/^"key";r=0;t=\d+$/)
    expect(first?.headers.get("x-ratelimit-limit")).toBe("1")
    for (const { headers, status } of more) {
      expect(status).toBe(429)
      expect(headers.get("retry-after")).toMatch(/^[1-9]\d?$/)
      expect(headers.get("x-ratelimit-remaining")).toBe("0")
    }
    expect(more.map(({ body }) => at(body, "code") ?? at(body, "error", "code"))).toEqual([
      "rate_limited",
      429,
      "RATE_LIMIT_REACHED"
    ])
  })

  it("a key without a limit of its own has the server's, the operator's own none; none grants more than it has", async () => {
    const made = await newKey({ ratePerMinute: null })
    const own = await call(apis[0], "/v1/workspace")
    expect([own.status, own.headers.get("ratelimit")]).toEqual([200, null])
    expect(at(made, "ratePerMinute")).toBe(0)
    const { body } = await call(apis[0], "/v1/workspaces", { json: { name: "Other" } })
    const key = textAt(body, "apiKey", "key")
    expect((await call(apis[0], "/v1/workspace", { key })).headers.get("x-ratelimit-limit")).toBe("40")
    expect(at(await newKey({}, key), "ratePerMinute")).toBe(null)
    expect(at(await newKey({ ratePerMinute: 40 }, key), "ratePerMinute")).toBe(40)
    for (const ratePerMinute of [0, 41])
      expect(await newKey({ ratePerMinute }, key)).toMatchObject({ code: "forbidden" })
  })
})
