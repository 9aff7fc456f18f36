import { freshPostgresUrl } from "@butler/persistence/testing"
import { type PostgresServer, startPostgres } from "@butler/testing"
import { Effect, Exit, Scope } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, COMPLETIONS, listAt, say } from "./support/call.ts"
import { type Api, KEY, startApi } from "./support/startApi.ts"

const withoutKey = { BUTLER_BOOTSTRAP_KEY: "" }

describe("on a PostgreSQL that DATABASE_URL names", () => {
  let url: string
  let scope: Scope.Closeable
  beforeAll(async () => {
    scope = await Effect.runPromise(Scope.make())
    url = await Effect.runPromise(Effect.provideService(freshPostgresUrl, Scope.Scope, scope))
  })
  afterAll(() => Effect.runPromise(Scope.close(scope, Exit.void)))

  it("processes that start at once make one workspace and one key, which is shown once", async () => {
    const environment = { DATABASE_URL: url, ...withoutKey }
    const apis = await Promise.all(Array.from({ length: 4 }, () => startApi(null, { environment })))
    const [first] = apis
    const keys = apis.flatMap(({ key }) => (key === null ? [] : [key]))
    expect(keys).toHaveLength(1)
    if (first === undefined) throw new Error("no service")
    const options = { key: keys[0] ?? null }
    expect(listAt((await call(first, "/v1/workspaces", options)).body, "data")).toMatchObject([{ name: "default" }])
    expect(listAt((await call(first, "/v1/api-keys", options)).body, "data")).toHaveLength(1)
    expect(listAt((await call(first, "/v1/knowledge/documents", options)).body, "data")).toEqual([])
    await Promise.all(apis.map(({ stop }) => stop()))
  })

  it("a key of one's own is added to the first workspace, once, and one with another secret is refused", async () => {
    const environment = { DATABASE_URL: url }
    const apis = await Promise.all([startApi(null, { environment }), startApi(null, { environment })])
    const [first] = apis
    expect(listAt((await call(first, "/v1/api-keys")).body, "data")).toHaveLength(2)
    await Promise.all(apis.map(({ stop }) => stop()))
    const other = { ...environment, BUTLER_BOOTSTRAP_KEY: `${KEY.slice(0, -1)}H` }
    await expect(startApi(null, { environment: other })).rejects.toThrow("choose another key")
  })
})

describe("without its database", () => {
  let server: PostgresServer
  let api: Api
  beforeAll(async () => {
    server = await startPostgres()
    api = await startApi(null, { environment: { DATABASE_URL: server.url } })
  })
  afterAll(async () => {
    await api.stop()
    await server.stop()
  })

  it("answers 503 on every face, says so when asked, and is back when the database is", async () => {
    expect((await say(api, { query: "hello" })).status).toBe(200)
    await server.kill9()
    const butler = await call(api, COMPLETIONS, { json: { query: "hello" } })
    expect(butler.body).toMatchObject({ code: 503, data: null, error: { type: "unavailable" } })
    expect(butler.headers.get("retry-after")).toBe("1")
    expect((await call(api, "/v1/dialogs")).body).toMatchObject({ status: 503, code: "unavailable" })
    const ready = await call(api, "/readyz")
    expect(ready).toMatchObject({ status: 503, body: { status: "not_ready" } })
    expect(at(ready.body, "checks", 0)).toEqual({
      name: "database",
      ok: false,
      detail: "the database cannot be reached"
    })
    expect((await call(api, "/healthz")).status).toBe(200)
    await server.restart()
    await expect.poll(async () => (await call(api, "/readyz")).status, { timeout: 10_000 }).toBe(200)
    expect((await say(api, { query: "hello" })).status).toBe(200)
  })
})
