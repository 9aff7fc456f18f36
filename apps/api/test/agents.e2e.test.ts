import { engines, freshPglite } from "@butler/persistence/testing"
import { chatMessages, type ModelServer, startModelServer } from "@butler/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, say, textAt } from "./support/call.ts"
import { type Api, startApi } from "./support/startApi.ts"

const KEY = "sk-of-the-workspace"

for (const [engine, database] of engines) {
  describe(`agents on ${engine}`, () => {
    let operators: ModelServer
    let theirs: ModelServer
    let api: Api
    let agent: string

    beforeAll(async () => {
      operators = await startModelServer([{ kind: "text", text: "from the server's model" }])
      theirs = await startModelServer([{ kind: "text", text: "from its own model" }])
      const environment = {
        BUTLER_SAMPLE: "off",
        BUTLER_MODEL_URL: operators.url,
        BUTLER_MODEL: "operators",
        BUTLER_MODEL_KEY: "sk-of-the-operator"
      }
      api = await startApi(database, { environment })
      agent = `/v1/agents/${textAt((await call(api, "/v1/agents")).body, "data", 0, "id")}`
    })
    afterAll(async () => {
      await api.stop()
      await Promise.all([operators.stop(), theirs.stop()])
    })

    const change = (json: unknown) => call(api, agent, { method: "PATCH", json })
    const answer = async () => textAt((await say(api, { query: "hello" })).body, "data", "messages", 0, "text")

    it("refuses a detail's pattern that cannot be read, and asks for a detail whose pattern can", async () => {
      const made = await call(api, "/v1/agents", { json: { name: "Clerk" } })
      const clerk = `/v1/agents/${textAt(made.body, "id")}`
      const withPattern = (pattern: string) => {
        const detail = { name: "code", kind: "text", pattern }
        const task = { name: "redeem", description: "", examples: ["redeem my code"], details: [detail] }
        return call(api, clerk, { method: "PATCH", json: { tasks: [task] } })
      }
      expect((await withPattern("(?=x)")).body).toMatchObject({
        code: "invalid_request",
        issues: [{ path: "tasks[0].details[0].pattern" }]
      })
      expect((await withPattern("[A-Z]{4}")).body).toMatchObject({ tasks: [{ name: "redeem" }] })
    })

    it("answers with the server's model, and shows what it took", async () => {
      expect((await call(api, agent)).body).toMatchObject({ instructions: null, model: null })
      const { body } = await say(api, { query: "hello" })
      expect(textAt(body, "data", "messages", 0, "text")).toBe("from the server's model")
      const turn = await call(api, `/v1/turns/${textAt(body, "data", "turnId")}`)
      expect(at(turn.body, "steps")).toContainEqual(
        expect.objectContaining({ name: "model", outcome: "ok", tokens: { input: 0, output: 0 } })
      )
    })

    it("refuses a model whose URL leads to a private place, and stores nothing", async () => {
      for (const url of [theirs.url, "http://169.254.169.254/v1", "http://[::1]:1/v1", "http://localhost/v1"]) {
        const { body, status } = await change({ name: "Mallory", model: { url, model: "m" } })
        expect(status).toBe(400)
        expect(body).toMatchObject({ code: "invalid_request", issues: [{ path: "model.url" }] })
      }
      expect((await call(api, agent)).body).not.toMatchObject({ name: "Mallory" })
    })

    it("names every wrong field", async () => {
      const model = { url: "ftp://x", model: "", key: "two words", temperature: 3 }
      const { body, status } = await change({ name: "", model })
      expect(status).toBe(400)
      const paths = ["name", "model.url", "model.model", "model.key", "model.temperature"]
      expect(at(body, "issues")).toEqual(paths.map((path) => expect.objectContaining({ path })))
    })

    it("takes a name, instructions and another model at the server's own endpoint, and gives them up", async () => {
      const instructions = "Answer like a pirate."
      const { body } = await change({ name: "Ada", instructions, model: { url: operators.url, model: "other" } })
      expect(body).toMatchObject({ name: "Ada", instructions, model: { model: "other", hasKey: false } })
      await answer()
      const request = operators.requests.at(-1)
      expect(request?.body).toMatchObject({ model: "other" })
      expect(request?.headers.authorization).toBeUndefined()
      expect(chatMessages(request?.body)[0]?.content).toContain(instructions)
      expect((await change({ instructions: null, model: null })).body).toMatchObject({
        name: "Ada",
        instructions: null,
        model: null
      })
    })

    it("keeps a key without ever showing it, and for its own host only", async () => {
      const url = "https://models.example.com/v1"
      const set = await change({ model: { url, model: "m", key: KEY, temperature: 0 } })
      expect(at(set.body, "model")).toMatchObject({ url, model: "m", temperature: 0, hasKey: true })
      expect(JSON.stringify([set.body, (await call(api, agent)).body])).not.toContain(KEY)
      const kept = await change({ model: { url: `${url}/openai`, model: "m2" } })
      expect(at(kept.body, "model")).toMatchObject({ hasKey: true })
      const moved = await change({ model: { url: "https://other.example.com/v1", model: "m" } })
      expect(at(moved.body, "model")).toMatchObject({ hasKey: false })
      await change({ model: null })
    })

    it("holds the workspace to its budget, and tells what its models were asked", async () => {
      expect(
        (await call(api, "/v1/workspace", { method: "PATCH", json: { modelBudget: { tokens: -1 } } })).status
      ).toBe(400)
      const before = await call(api, "/v1/workspace/model-use")
      await answer()
      const after = await call(api, "/v1/workspace/model-use")
      expect(at(after.body, "calls")).toBe(Number(at(before.body, "calls")) + 1)
      const json = { modelBudget: { tokens: 0 } }
      expect((await call(api, "/v1/workspace", { method: "PATCH", json })).body).toMatchObject(json)
      const { body } = await say(api, { query: "hello" })
      expect(at(body, "data", "status")).toBe("completed")
      expect(at(body, "data", "agentLogs")).toContainEqual(
        expect.objectContaining({ type: "systemTask", name: "budget" })
      )
      await call(api, "/v1/workspace", { method: "PATCH", json: { modelBudget: null } })
      expect(await answer()).toBe("from the server's model")
    })

    it("does not know an agent that is not there", async () => {
      for (const method of ["GET", "PATCH"]) {
        const json = method === "PATCH" ? { json: {} } : {}
        const { body, status } = await call(api, "/v1/agents/1", { method, ...json })
        expect([status, at(body, "code")]).toEqual([404, "agent_not_found"])
      }
      expect((await call(api, "/v1/agents/x")).status).toBe(400)
    })
  })
}

describe("an agent with a model of its own, where the operator has opened its address", () => {
  it("is answered by it, with its key, and fails in the caller's words when it fails", async () => {
    const model = await startModelServer([
      { kind: "text", text: "from its own model" },
      { kind: "status", status: 401, message: KEY }
    ])
    const listing = await startModelServer([], { models: ["m-2026-01-01", "owner/other:7b"] })
    const api = await startApi(freshPglite, {
      environment: { BUTLER_SAMPLE: "off", BUTLER_EGRESS_ALLOW: "127.0.0.1/32" }
    })
    try {
      const agent = `/v1/agents/${textAt((await call(api, "/v1/agents")).body, "data", 0, "id")}`
      const saved = (name: string, field = "model") =>
        call(api, agent, { method: "PATCH", json: { [field]: { url: listing.url, model: name } } })
      for (const field of ["model", "fallbackModel"]) {
        expect((await saved("n", field)).body).toMatchObject({
          code: "invalid_request",
          issues: [{ path: `${field}.model`, message: "is no model that the endpoint has" }]
        })
      }
      const draft = { method: "PATCH", json: { model: { url: listing.url, model: "n" } } }
      expect((await call(api, `${agent}/draft`, draft)).status).toBe(400)
      expect((await call(api, "/v1/agents", { json: { name: "New", ...draft.json } })).status).toBe(400)
      for (const name of ["m-2026-01-01", "m-latest", "m", "other"]) expect((await saved(name)).status).toBe(200)
      await call(api, agent, { method: "PATCH", json: { model: { url: model.url, model: "m", key: KEY } } })
      const first = await say(api, { query: "hello" })
      expect(textAt(first.body, "data", "messages", 0, "text")).toBe("from its own model")
      expect(model.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`)
      const second = await say(api, { query: "hello" })
      expect([second.status, textAt(second.body, "error", "type")]).toEqual([502, "model_failed"])
      expect(JSON.stringify(second.body)).not.toContain(KEY)
    } finally {
      await api.stop()
      await Promise.all([model.stop(), listing.stop()])
    }
  })
})
