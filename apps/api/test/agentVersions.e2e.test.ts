import { engines } from "@butler/persistence/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, listAt, say, textAt } from "./support/call.ts"
import { type Api, startApi } from "./support/startApi.ts"

for (const [engine, database] of engines) {
  describe(`several agents on ${engine}`, () => {
    let api: Api
    let firstAgent: string
    beforeAll(async () => {
      api = await startApi(database, { environment: { BUTLER_SAMPLE: "off" } })
      firstAgent = textAt((await call(api, "/v1/workspace")).body, "defaultAgentId")
    })
    afterAll(() => api.stop())

    const post = (path: string, json: unknown = {}, key?: string) =>
      call(api, path, { json, ...(key !== undefined && { key }) })
    const patch = (path: string, json: unknown) => call(api, path, { method: "PATCH", json })
    const remove = (path: string) => call(api, path, { method: "DELETE" })
    const newAgent = async (json: Readonly<Record<string, unknown>> = {}) =>
      textAt((await post("/v1/agents", { name: "Returns", ...json })).body, "id")
    const turnOf = async (answer: { readonly body: unknown }) =>
      (await call(api, `/v1/turns/${textAt(answer.body, "data", "turnId")}`)).body

    it("makes, lists page by page, changes and removes agents", async () => {
      const settings = {
        instructions: "Be brief.",
        tasks: [{ name: "refund", description: "", examples: ["money back"] }]
      }
      const made = await post("/v1/agents", { name: "Returns", ...settings })
      expect(made.status).toBe(201)
      expect(made.body).toMatchObject({ name: "Returns", version: 1, ...settings, model: null, toolServers: null })
      const agent = `/v1/agents/${textAt(made.body, "id")}`
      const page = (await call(api, "/v1/agents?limit=1")).body
      expect(at(page, "data", 0, "id")).toBe(firstAgent)
      const rest = (await call(api, `/v1/agents?limit=1&cursor=${textAt(page, "nextCursor")}`)).body
      expect(rest).toMatchObject({ data: [made.body], nextCursor: null })
      expect((await patch(agent, { tasks: null, passages: 3 })).body).toMatchObject({
        version: 2,
        tasks: null,
        passages: 3
      })
      expect((await remove(agent)).status).toBe(204)
      for (const answer of [
        await call(api, agent),
        await remove(agent),
        await post(`${agent}/turns`, { query: "hi" })
      ]) {
        expect([answer.status, at(answer.body, "code")]).toEqual([404, "agent_not_found"])
      }
      expect(listAt((await call(api, "/v1/agents")).body, "data")).toHaveLength(1)
    })

    it("never shows a credential, and names every wrong field of a setting", async () => {
      const secret = "sk-never-shown"
      const toolServers = [
        { name: "shop", transport: { type: "http", url: "https://shop.example.com/mcp", headers: { "x-key": secret } } }
      ]
      const fallbackModel = { provider: "anthropic", model: "m", key: secret }
      const made = await post("/v1/agents", { name: "Shop", toolServers, fallbackModel })
      expect(JSON.stringify(made.body)).not.toContain(secret)
      expect(made.body).toMatchObject({
        fallbackModel: { provider: "anthropic", url: null, hasKey: true },
        toolServers: [{ name: "shop", transport: { headerNames: ["x-key"] }, allow: null }]
      })
      const agent = `/v1/agents/${textAt(made.body, "id")}`
      for (const path of [agent, `${agent}/draft`, `${agent}/versions/1`]) {
        expect(JSON.stringify((await call(api, path)).body)).not.toContain(secret)
      }
      const wrong = await patch(agent, {
        suggestions: { count: 6 },
        internalTools: ["fly"],
        toolServers: [{ ...toolServers[0], transport: { type: "http", url: "http://169.254.169.254/mcp" } }]
      })
      expect(listAt(wrong.body, "issues").map((issue) => at(issue, "path"))).toEqual([
        "suggestions.count",
        "internalTools[0]"
      ])
      const judged = await patch(agent, {
        toolServers: [{ ...toolServers[0], transport: { type: "http", url: "http://169.254.169.254/mcp" } }]
      })
      expect(judged.body).toMatchObject({ issues: [{ path: "toolServers[0].transport.url" }] })
    })

    it("tries a draft, publishes it, and rolls back", async () => {
      const id = await newAgent()
      const agent = `/v1/agents/${id}`
      expect((await call(api, `${agent}/draft`)).body).toMatchObject({
        name: "Returns",
        changed: false,
        publishedVersion: 1
      })
      const drafted = await patch(`${agent}/draft`, { name: "Refunds" })
      expect(drafted.body).toMatchObject({ name: "Refunds", changed: true, publishedVersion: 1 })
      expect((await call(api, agent)).body).toMatchObject({ name: "Returns", version: 1 })

      const trial = await post(`${agent}/turns`, { query: "hello", draft: true, userId: "trial" })
      expect(trial).toMatchObject({
        status: 200,
        body: { status: "completed", agent: { id, version: null, draft: true } }
      })
      const plain = await post(`${agent}/turns`, { query: "hello" })
      expect(plain.body).toMatchObject({ agent: { id, version: 1, draft: false } })

      const published = await post(`${agent}/publish`, { note: "A better name" })
      expect(published).toMatchObject({ status: 200, body: { name: "Refunds", version: 2 } })
      expect((await post(`${agent}/publish`)).body).toMatchObject({ version: 2 })
      expect((await post(`${agent}/rollback`, { version: 1 })).body).toMatchObject({ name: "Returns", version: 3 })
      expect((await post(`${agent}/rollback`, { version: 9 })).body).toMatchObject({ code: "agent_version_not_found" })

      const page = (await call(api, `${agent}/versions?limit=2`)).body
      expect(at(page, "data")).toMatchObject([
        { version: 3, note: null },
        { version: 2, name: "Refunds", note: "A better name", publishedBy: "0123456789abcdef" }
      ])
      const rest = (await call(api, `${agent}/versions?cursor=${textAt(page, "nextCursor")}`)).body
      expect(rest).toMatchObject({ data: [{ version: 1 }], nextCursor: null })
      expect((await call(api, `${agent}/versions/2`)).body).toMatchObject({ name: "Refunds", instructions: null })

      await patch(`${agent}/draft`, { name: "Nothing" })
      expect((await remove(`${agent}/draft`)).status).toBe(204)
      expect((await call(api, `${agent}/draft`)).body).toMatchObject({ name: "Returns", changed: false })
    })

    it("a key's turns are answered by the agent it belongs to, in whatever dialog, and it reaches no other", async () => {
      const id = await newAgent()
      const made = await post("/v1/api-keys", { name: "bound", agentId: id })
      expect(at(made.body, "agentId")).toBe(id)
      const key = textAt(made.body, "key")
      const mine = await say(api, { query: "hello" })
      expect(await turnOf(mine)).toMatchObject({ agent: { id: firstAgent } })
      const dialogId = textAt(mine.body, "data", "dialogId")
      expect(await turnOf(await say(api, { query: "hello", dialogId }, { key }))).toMatchObject({ agent: { id } })
      const v3 = await post("/api/open/v3/butler/chat/completions", { body: { query: "hello" } }, key)
      const v3Dialog = textAt(v3.body, "data", "entity", "dialogId")
      expect((await call(api, `/v1/dialogs/${v3Dialog}`)).body).toMatchObject({ agentId: id })

      const other = await newAgent()
      const heir = (await post("/v1/api-keys", { name: "heir" }, key)).body
      expect(at(heir, "agentId")).toBe(id)
      for (const refused of [
        await post("/v1/api-keys", { name: "thief", agentId: other }, key),
        await post(`/v1/agents/${other}/turns`, { query: "hello" }, key)
      ]) {
        expect([refused.status, at(refused.body, "code")]).toEqual([403, "forbidden"])
      }
      expect((await post("/v1/api-keys", { name: "n", agentId: "1" })).body).toMatchObject({ code: "agent_not_found" })
      expect((await remove(`/v1/agents/${id}`)).body).toMatchObject({ status: 409, code: "agent_in_use" })
    })

    it("another default agent answers where none is named, and cannot be removed", async () => {
      const id = await newAgent()
      expect((await patch("/v1/workspace", { defaultAgentId: "1" })).body).toMatchObject({ code: "agent_not_found" })
      expect((await patch("/v1/workspace", { defaultAgentId: id, name: "Shop" })).body).toMatchObject({
        defaultAgentId: id,
        name: "Shop"
      })
      expect(await turnOf(await say(api, { query: "hello" }))).toMatchObject({ agent: { id } })
      expect((await remove(`/v1/agents/${id}`)).body).toMatchObject({ status: 409, code: "agent_in_use" })
      await patch("/v1/workspace", { defaultAgentId: firstAgent })
      expect((await remove(`/v1/agents/${id}`)).status).toBe(204)
    })

    it("another workspace's agents do not exist, whatever is asked of them", async () => {
      const key = textAt((await post("/v1/workspaces", { name: "Other" })).body, "apiKey", "key")
      const agent = `/v1/agents/${firstAgent}`
      const answers = [
        await call(api, agent, { key }),
        await call(api, agent, { key, method: "PATCH", json: { name: "Mine" } }),
        await call(api, agent, { key, method: "DELETE" }),
        await call(api, `${agent}/draft`, { key }),
        await call(api, `${agent}/draft`, { key, method: "PATCH", json: { name: "Mine" } }),
        await call(api, `${agent}/draft`, { key, method: "DELETE" }),
        await post(`${agent}/publish`, {}, key),
        await post(`${agent}/rollback`, { version: 1 }, key),
        await call(api, `${agent}/versions`, { key }),
        await call(api, `${agent}/versions/1`, { key }),
        await post(`${agent}/turns`, { query: "hello" }, key),
        await post("/v1/api-keys", { name: "n", agentId: firstAgent }, key),
        await call(api, "/v1/workspace", { key, method: "PATCH", json: { defaultAgentId: firstAgent } })
      ]
      expect(answers.map(({ body }) => at(body, "code"))).toEqual(answers.map(() => "agent_not_found"))
    })
  })
}
