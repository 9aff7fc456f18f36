import {
  acceptTurn,
  type AgentSettings,
  type AgentTool,
  AgentTools,
  Ids,
  ingestDocument,
  KnowledgeMemory,
  layerMemory
} from "@butler/domain"
import { command, newWorkspace } from "@butler/domain/testing"
import { echoTool, toolResult } from "@butler/testing"
import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { AgentToolsMcp, ToolIdentity } from "../src/index.ts"
import { nameTools } from "../src/nameTools.ts"
import { rawServer } from "./mcp/support/rawServer.ts"
import { http, servers } from "./mcp/support/servers.ts"
import { wordsAnalyzer } from "./support/wordsAnalyzer.ts"

const tools = AgentToolsMcp.pipe(
  Layer.provide(Layer.merge(servers({ connectMs: 1_000 }), ToolIdentity.layerNone)),
  Layer.provideMerge(Layer.mergeAll(layerMemory, KnowledgeMemory, wordsAnalyzer))
)

/** The tools of an agent with these settings, for a turn about this. */
const openFor = Effect.fnUntraced(function* (settings: AgentSettings, query = "Where is my order?") {
  const { workspaceId } = yield* newWorkspace
  const { runnable } = yield* acceptTurn(command(workspaceId, { query, leaseMs: 60_000 }))
  if (runnable === null) return yield* Effect.die("the dialog is busy")
  const { open } = yield* AgentTools
  return { workspaceId, tools: yield* open({ ...runnable, agent: { ...runnable.agent, settings } }) }
})

const named = (all: ReadonlyArray<AgentTool>, name: string) =>
  Effect.fromNullishOr(all.find((tool) => tool.name === name))

layer(tools, { excludeTestServices: true })("an agent's tools", (it) => {
  it.effect(
    "are those of its servers and Butler's own, each with a name of its own; a server that fails gives none",
    () =>
      Effect.gen(function* () {
        const [first, second] = [yield* rawServer(), yield* rawServer()]
        const hanging = yield* rawServer(() => "done")
        const toolServers = [
          http(first.url, { name: "orders" }),
          http(second.url, { name: "my shop" }),
          http(hanging.url, { name: "hanging" })
        ]
        const { tools } = yield* openFor({ toolServers, internalTools: ["hand_over", "resolve"] })
        assert.deepStrictEqual(
          tools.map(({ kind, name }) => [kind, name]),
          [
            ["internal", "hand_over"],
            ["internal", "resolve"],
            ["mcp", "orders_echo"],
            ["mcp", "my_shop_echo"]
          ]
        )
        yield* Effect.flatMap(named(tools, "my_shop_echo"), ({ call }) => call({ n: 1 }))
        const called = ({ requests }: typeof first) => requests.filter(({ method }) => method === "tools/call").length
        assert.deepStrictEqual([called(first), called(second)], [0, 1])
        assert.deepStrictEqual((yield* openFor({})).tools, [])
      })
  )

  it.effect("have names that a model can use, and say what they are called otherwise", () =>
    Effect.gen(function* () {
      const { requests, url } = yield* rawServer((request, response) =>
        request.method === "tools/list"
          ? toolResult(response, request, {
              tools: [
                { ...echoTool, name: "新建订单" },
                { ...echoTool, name: "files/read.v2" }
              ]
            })
          : null
      )
      const { tools } = yield* openFor({ toolServers: [http(url)] })
      const [chinese, files] = tools
      assert.match(chinese?.name ?? "", /^tool_[0-9a-f]{8}$/)
      assert.strictEqual(chinese?.description, "新建订单: Says it again")
      assert.strictEqual(files?.name, "files_read_v2")
      yield* Effect.flatMap(Effect.fromNullishOr(chinese), ({ call }) => call({}))
      assert.strictEqual(requests.at(-1)?.params?.["name"], "新建订单")
    })
  )

  it.effect("collect_details keeps what can be what it is said to be, and says what cannot", () =>
    Effect.gen(function* () {
      const { tools } = yield* openFor({ internalTools: ["collect_details"] }, "我的手机号是 13812345678")
      const { call } = yield* named(tools, "collect_details")
      const some = yield* call({ name: "王小明", phone: "13812345678", email: "nobody" })
      assert.deepStrictEqual(some.effects, [
        { _tag: "ContactDetails", details: { name: "王小明", phone: "+8613812345678" } }
      ])
      assert.deepStrictEqual(some.logs, [
        { type: "internalTool", entity: { name: "visitor", values: ["王小明", "+8613812345678"] } }
      ])
      assert.match(some.content, /^Stored: name, phone\.\nNot stored: email;/)
      assert.deepInclude(yield* call({ email: "nobody" }), { isError: true })
      assert.deepInclude(yield* Effect.flip(call({ email: 7 })), { reason: "invalid_input" })
    })
  )

  it.effect("hand_over and resolve change the dialog when the turn is completed", () =>
    Effect.gen(function* () {
      const { tools } = yield* openFor({ internalTools: ["hand_over", "resolve"] })
      const handOver = yield* named(tools, "hand_over")
      const over = yield* handOver.call({ reason: "asks for a person" })
      assert.deepStrictEqual(over.effects, [{ _tag: "HandOver", reason: "asks for a person" }])
      assert.deepStrictEqual(over.logs, [{ type: "systemTask", name: "hand_over", message: "asks for a person" }])
      assert.deepInclude(yield* Effect.flip(handOver.call({})), { reason: "invalid_input" })
      const resolved = yield* Effect.flatMap(named(tools, "resolve"), ({ call }) => call({}))
      assert.deepStrictEqual(resolved.effects, [{ _tag: "Resolve" }])
    })
  )

  it.effect("search_knowledge finds what the workspace knows, and nothing of others", () =>
    Effect.gen(function* () {
      const { tools, workspaceId } = yield* openFor({ internalTools: ["search_knowledge"] })
      const { call } = yield* named(tools, "search_knowledge")
      assert.strictEqual((yield* call({ query: "warranty" })).content, "Nothing was found.")
      yield* ingestDocument({
        workspaceId,
        name: "Terms",
        content: { kind: "text", text: "The warranty runs for two years." }
      })
      const found = yield* call({ query: "warranty" })
      assert.deepStrictEqual(JSON.parse(found.content), [
        { document: "Terms", text: "The warranty runs for two years." }
      ])
      assert.strictEqual(found.logs?.[0]?.type, "knowledge")
    })
  )
})

layer(Ids.layer(0))("nameTools", (it) => {
  it.effect("gives different names to different tools, whatever they are called", () =>
    Effect.sync(() => {
      const long = "x".repeat(100)
      const all = ["a", "b"].flatMap((server) =>
        [long, `${long}y`, "t", "t.t", "t_t", "订单", "名字"].map((name) => ({ server, name }))
      )
      const names = nameTools([{ server: null, name: "t" }, ...all])
      assert.strictEqual(new Set(names).size, names.length)
      assert.strictEqual(names[0], "t")
      assert.isTrue(names.every((name) => /^[\w-]{1,64}$/.test(name)))
    })
  )
})
