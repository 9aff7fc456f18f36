import { freshPglite } from "@butler/persistence/testing"
import {
  chatMessages,
  echoTool,
  type ModelServer,
  startModelServer,
  startToolServer,
  type ToolServer,
  toolResult
} from "@butler/testing"
import { createRemoteJWKSet, jwtVerify } from "jose"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, listAt, say, textAt } from "./support/call.ts"
import { type Api, startApi } from "./support/startApi.ts"

describe("tools of agents", () => {
  let model: ModelServer
  let shop: ToolServer
  let api: Api
  let agent: string
  let workspaceId: string

  beforeAll(async () => {
    shop = await startToolServer((request, response) =>
      request.method === "tools/list"
        ? toolResult(response, request, { tools: [echoTool, { ...echoTool, name: "broken", inputSchema: null }] })
        : null
    )
    // Calls the tool that the last message of the contact names, and then says what it came to.
    model = await startModelServer((request) => {
      const last = chatMessages(request.body).at(-1)
      return last?.role === "user"
        ? { kind: "toolCalls", calls: [{ name: "echo", arguments: { said: last.content } }] }
        : { kind: "text", text: `It came to: ${last?.content ?? ""}` }
    })
    const environment = {
      BUTLER_SAMPLE: "off",
      BUTLER_MODEL_URL: model.url,
      BUTLER_MODEL: "scripted",
      BUTLER_EGRESS_ALLOW: "127.0.0.0/8",
      BUTLER_TOOL_COMMANDS: JSON.stringify({ nothing: { command: "/no/such/program" } })
    }
    api = await startApi(freshPglite, { environment })
    agent = `/v1/agents/${textAt((await call(api, "/v1/agents")).body, "data", 0, "id")}`
    workspaceId = textAt((await call(api, "/v1/workspace")).body, "id")
  })
  afterAll(async () => {
    await api.stop()
    await Promise.all([model.stop(), shop.stop()])
  })

  const change = (json: unknown) => call(api, agent, { method: "PATCH", json })
  const server = (given: Readonly<Record<string, unknown>> = {}) => ({
    name: "shop",
    transport: { type: "http", url: shop.url },
    ...given
  })
  const program = { name: "local", transport: { type: "stdio", command: "nothing" } }

  it("refuses names of tools that there are not, where that can be told", async () => {
    const wrong: ReadonlyArray<readonly [string, unknown]> = [
      ["toolServers[0].allow", { toolServers: [server({ allow: ["echo", "fly"] })] }],
      [
        "toolServers[0].transport.command",
        { toolServers: [{ ...program, transport: { type: "stdio", command: "sh" } }] }
      ],
      [
        "tasks[0].tools",
        { toolServers: [server()], tasks: [{ name: "t", description: "", examples: ["t"], tools: ["fly"] }] }
      ]
    ]
    for (const [path, json] of wrong) {
      const { body, status } = await change(json)
      expect([status, at(body, "issues", 0, "path")]).toEqual([400, path])
    }
    const unreachable = server({ transport: { type: "http", url: "http://127.0.0.1:1/mcp" }, allow: ["fly"] })
    expect((await change({ toolServers: [unreachable] })).status).toBe(200)
    expect((await call(api, agent)).body).toMatchObject({ tasks: null })
  })

  it("shows what an agent may call, and what is wrong with its servers", async () => {
    expect((await change({ toolServers: [server(), program], internalTools: ["hand_over"] })).status).toBe(200)
    const { body, status } = await call(api, `${agent}/tools/check`, { method: "POST" })
    expect(status).toBe(200)
    expect(listAt(body, "tools").map((tool) => [at(tool, "name"), at(tool, "server")])).toEqual([
      ["hand_over", null],
      ["echo", "shop"]
    ])
    expect(body).toMatchObject({
      servers: [
        { name: "shop", error: null, problems: [expect.stringContaining("broken")] },
        { name: "local", error: "the command could not be started" }
      ]
    })
    expect((await call(api, "/v1/agents/1/tools/check", { method: "POST" })).status).toBe(404)
  })

  it("calls them in a turn, for a contact whom the server can verify", async () => {
    const { body } = await say(api, { query: "hello", userId: "ada" })
    expect(textAt(body, "data", "messages", 0, "text")).toContain("hello")
    const types = listAt(body, "data", "agentLogs").map((log) => [at(log, "type"), at(log, "status")])
    expect(types).toContainEqual(["tool", "success"])

    const claim = String(shop.requests.findLast(({ method }) => method === "tools/call")?.headers["x-butler-identity"])
    const keys = createRemoteJWKSet(new URL(`${api.url}/v1/workspaces/${workspaceId}/jwks.json`))
    const { payload } = await jwtVerify(claim, keys, { issuer: "butler", audience: shop.url })
    expect(payload).toMatchObject({ userId: "ada", dialogId: at(body, "data", "dialogId"), workspaceId })
    const none = await call(api, "/v1/workspaces/3f2504e0-4f89-41d3-9a0c-0305e82c3301/jwks.json", { key: null })
    expect([none.status, none.body]).toEqual([200, { keys: [] }])
  })

  it("shows of a turn all that it knew, chose, called and took", async () => {
    const examples = ["How do I return it?", "I want to return my order", "return a parcel"]
    const tasks = [{ name: "returns", description: "Taking things back", examples, instructions: "Offer a label." }]
    const prices = { inputPerMillion: 1, outputPerMillion: 2 }
    await call(api, agent, { method: "PATCH", json: { tasks, model: { url: model.url, model: "m", prices } } })
    const pairs = [{ question: "How do I return an order?", answer: "By parcel, within 30 days." }]
    await call(api, "/v1/knowledge/documents", { json: { name: "Returns", pairs } })
    const { body: contacts } = await call(api, "/v1/contacts?userId=ada")
    const ada = textAt(contacts, "data", 0, "id")
    await call(api, `/v1/contacts/${ada}/memories`, { json: { text: "wears size M" } })
    const { body } = await say(api, { query: "I want to return my order", userId: "ada" })
    const turn = (await call(api, `/v1/turns/${textAt(body, "data", "turnId")}`)).body
    expect(at(turn, "agentLogs", 0)).toMatchObject({ type: "language", message: "English" })
    const named = (name: string) => listAt(turn, "steps").filter((step) => at(step, "name") === name)
    for (const step of listAt(turn, "steps")) expect(at(step, "durationMs")).toBeTypeOf("number")
    expect(named("recall")).toMatchObject([{ detail: { memories: [{ text: "wears size M" }] } }])
    const score: unknown = expect.any(Number)
    expect(named("task")).toMatchObject([{ detail: { task: "returns", best: "returns", score, threshold: score } }])
    expect(named("knowledge")).toMatchObject([
      { detail: { chunks: [{ documentName: "Returns", score, lexicalScore: score }] } }
    ])
    expect(named("tool")).toMatchObject([{ detail: { tool: "echo", kind: "mcp", isError: false } }])
    expect(at(named("tool")[0], "detail", "arguments")).toContain("return my order")
    expect(at(named("tool")[0], "detail", "result")).toContain("return my order")
    const used = { outcome: "ok", model: "m", tokens: { input: 0, output: 0 }, cost: 0 }
    expect(named("model")).toMatchObject([used, used])
  })
})
