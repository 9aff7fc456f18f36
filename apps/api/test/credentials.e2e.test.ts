import { PostgresDatabase, query } from "@butler/persistence"
import { freshPostgresUrl } from "@butler/persistence/testing"
import { Effect, Exit, Redacted, Scope } from "effect"
import { sql } from "kysely"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, say, textAt } from "./support/call.ts"
import { type Api, startApi } from "./support/startApi.ts"

const SECRET = "sk-of-a-third-party"
const KEY = Buffer.alloc(32, 1).toString("base64")
const OTHER = Buffer.alloc(32, 2).toString("base64")

const stored = query("test.secrets", (db) =>
  sql<{ readonly text: string }>`
    select (select json_agg(a) from agent a)::text || (select json_agg(v) from agent_version v)::text
      || coalesce((select json_agg(s) from signing_secret s)::text, '') as text`.execute(db)
).pipe(Effect.map(({ rows }) => rows[0]?.text ?? ""))

describe("credentials on PostgreSQL", () => {
  let scope: Scope.Closeable
  let url: string
  const using = async <A>(encryptionKey: string | null, work: (api: Api, agent: string) => Promise<A>): Promise<A> => {
    const api = await startApi(null, {
      environment: { DATABASE_URL: url, ...(encryptionKey !== null && { BUTLER_ENCRYPTION_KEY: encryptionKey }) }
    })
    try {
      return await work(api, `/v1/agents/${textAt((await call(api, "/v1/workspace")).body, "defaultAgentId")}`)
    } finally {
      await api.stop()
    }
  }
  const inDatabase = () =>
    Effect.runPromise(Effect.provide(Effect.orDie(stored), PostgresDatabase.layer({ url: Redacted.make(url) })))

  beforeAll(async () => {
    scope = await Effect.runPromise(Scope.make())
    url = await Effect.runPromise(Effect.provideService(freshPostgresUrl, Scope.Scope, scope))
  })
  afterAll(() => Effect.runPromise(Scope.close(scope, Exit.void)))

  const model = { url: "https://models.example.com/v1", model: "m", key: SECRET }
  const toolServers = [
    {
      name: "shop",
      transport: { type: "http", url: "https://tools.example.com/mcp", headers: { authorization: SECRET } }
    }
  ]
  const endpoint = { url: "https://hooks.example.com/in" }

  it("are not taken without a key, and stored encrypted with one; no other key opens them", async () => {
    await using(null, async (api, agent) => {
      const refused = await call(api, agent, { method: "PATCH", json: { model } })
      expect([refused.status, at(refused.body, "code")]).toEqual([501, "not_implemented"])
      expect(textAt(refused.body, "detail")).toContain("BUTLER_ENCRYPTION_KEY")
      expect((await call(api, agent, { method: "PATCH", json: { name: "Ada" } })).status).toBe(200)
    })
    const secret = await using(KEY, async (api, agent) => {
      expect((await call(api, agent, { method: "PATCH", json: { model, toolServers } })).body).toMatchObject({
        model: { hasKey: true, keyUnreadable: false },
        toolServers: [{ transport: { headersUnreadable: false } }]
      })
      return textAt((await call(api, "/v1/webhook-endpoints", { json: endpoint })).body, "secret")
    })
    expect(secret).toMatch(/^whsec_/)
    const text = await inDatabase()
    expect(text).toContain("enc:v1:")
    for (const clear of [SECRET, secret]) expect(text).not.toContain(clear)

    const unreadable = {
      model: { hasKey: true, keyUnreadable: true },
      toolServers: [{ transport: { headerNames: ["authorization"], headersUnreadable: true } }]
    }
    await using(OTHER, async (api, agent) => {
      const failed = await say(api, { query: "hello" })
      expect([failed.status, textAt(failed.body, "error", "type")]).toEqual([502, "model_failed"])
      expect(textAt(failed.body, "error", "detail")).toContain("cannot be decrypted")
      expect((await call(api, agent)).body).toMatchObject(unreadable)
      expect((await call(api, "/readyz", { key: null })).status).toBe(200)
      const checked = await call(api, `${agent}/tools/check`, { method: "POST" })
      expect(textAt(checked.body, "servers", 0, "error")).toContain("cannot be decrypted")
      // What is not changed stays as it is stored: the key may be found again.
      expect((await call(api, agent, { method: "PATCH", json: { name: "Bea" } })).body).toMatchObject(unreadable)
    })
    await using(`${OTHER},${KEY}`, async (api, agent) => {
      expect((await call(api, agent)).body).toMatchObject({
        name: "Bea",
        model: { hasKey: true, keyUnreadable: false },
        toolServers: [{ transport: { headersUnreadable: false } }]
      })
    })
    await using(OTHER, async (api, agent) => {
      const mended = await call(api, agent, { method: "PATCH", json: { model, toolServers } })
      expect(mended.body).toMatchObject({
        model: { hasKey: true, keyUnreadable: false },
        toolServers: [{ transport: { headersUnreadable: false } }]
      })
      expect((await call(api, `${agent}/rollback`, { json: { version: 1 } })).status).toBe(200)
    })
  }, 60_000)
})
