import { once } from "node:events"
import type { ServerResponse } from "node:http"
import type { ToolFailed } from "@butler/domain"
import { echoTool, sendJson, type ToolRequest, toolResult, type ToolScript } from "@butler/testing"
import { assert, layer } from "@effect/vitest"
import { Effect, Fiber, Redacted, Schedule } from "effect"
import { McpServers } from "../../src/mcp/McpServers.ts"
import { rawServer } from "./support/rawServer.ts"
import { call, http, servers, workspaceId } from "./support/servers.ts"

/** Something else than the usual for one method. */
const on =
  (method: string, act: (request: ToolRequest, response: ServerResponse) => "done"): ToolScript =>
  (request, response) =>
    request.method === method ? act(request, response) : null

const stream = (response: ServerResponse) => response.writeHead(200, { "content-type": "text/event-stream" })

const event = (message: unknown) => `event: message\ndata: ${JSON.stringify(message)}\n\n`

const FLOOD = Buffer.alloc(1024 * 1024, 120)

/** Sends 50 MB, or as much of it as is taken. */
const flood = async (response: ServerResponse): Promise<void> => {
  for (let sent = 0; sent < 50 && !response.destroyed; sent++) {
    if (!response.write(FLOOD)) await Promise.race([once(response, "drain"), once(response, "close")])
  }
  response.end()
}

const failing = (script: ToolScript, name = "echo") =>
  Effect.gen(function* () {
    const { requests, url } = yield* rawServer(script)
    const failure = yield* Effect.flip(call(http(url), name))
    return { failure, requests }
  })

const becomes = (condition: () => boolean) =>
  Effect.sync(condition).pipe(
    Effect.repeat({ until: (is) => is, schedule: Schedule.spaced("5 millis") }),
    Effect.timeout("5 seconds")
  )

/** Deeper than anything that means well. */
const deep: unknown = JSON.parse(`${"[".repeat(3_000)}${"]".repeat(3_000)}`)

layer(servers(), { excludeTestServices: true })("servers over HTTP", (it) => {
  it.effect("a call goes out with the credentials and the contact's identity, and over one connection", () =>
    Effect.gen(function* () {
      const { requests, url } = yield* rawServer()
      const headers = { authorization: Redacted.make("Bearer secret") }
      const server = http(url, { transport: { type: "http", url, headers } })
      const said = yield* call(server, "echo", { a: "it's “me”" }, "signed.claim")
      assert.deepStrictEqual(said, { content: '{"a":"it\'s “me”"}', isError: false })
      yield* call(server, "echo")
      const calls = requests.filter(({ method }) => method === "tools/call")
      assert.strictEqual(calls[0]?.headers["x-butler-identity"], "signed.claim")
      assert.deepStrictEqual(calls[0]?.params?.["_meta"], { "butler/identity": "signed.claim" })
      assert.isUndefined(calls[1]?.headers["x-butler-identity"])
      assert.isTrue(requests.every((request) => request.headers.authorization === "Bearer secret"))
      const begun = requests.filter(({ method }) => method === "initialize" || method === "tools/list")
      assert.strictEqual(begun.length, 2)
    })
  )

  it.effect("answers that are none fail the call at once, in words of our own", () =>
    Effect.gen(function* () {
      const secret = "internal secret text"
      const scripts: ReadonlyArray<readonly [ToolFailed["reason"], ToolScript]> = [
        [
          "invalid_answer",
          on("tools/call", (_, response) => sendJson(response, { jsonrpc: "2.0", id: 99, result: {} }))
        ],
        ["invalid_answer", on("tools/call", (request, response) => toolResult(response, request, { content: secret }))],
        [
          "invalid_answer",
          on(
            "tools/call",
            (_, response) => (response.writeHead(200, { "content-type": "application/json" }).end(secret), "done")
          )
        ],
        ["unreachable", on("tools/call", (_, response) => (response.destroy(), "done"))],
        [
          "unreachable",
          on(
            "tools/call",
            (_, response) => (
              stream(response).end(event({ jsonrpc: "2.0", method: "notifications/message", params: {} })),
              "done"
            )
          )
        ],
        ["unreachable", on("tools/call", (_, response) => (response.writeHead(503).end(secret), "done"))],
        ["refused", on("tools/call", (_, response) => (response.writeHead(401).end(secret), "done"))],
        [
          "refused",
          on(
            "tools/call",
            (_, response) => (response.writeHead(307, { location: "http://169.254.169.254/latest" }).end(), "done")
          )
        ]
      ]
      for (const [index, [reason, script]] of scripts.entries()) {
        const started = performance.now()
        const { failure } = yield* failing(script)
        assert.deepInclude(failure, { _tag: "ToolFailed", reason }, `script ${index}`)
        assert.notInclude(failure.message, secret)
        assert.isBelow(performance.now() - started, 1_000, `script ${index}`)
      }
    }).pipe(Effect.scoped)
  )

  it.effect("an answer of 50 MB is cut off on its way, in either form", () =>
    Effect.gen(function* () {
      let open = 0
      const flooding = (type: string): ToolScript =>
        on("tools/call", (_, response) => {
          response.writeHead(200, { "content-type": type })
          response.on("close", () => open--)
          open++
          response.write(type === "application/json" ? '{"jsonrpc":"2.0","id":' : "data: ")
          void flood(response)
          return "done"
        })
      for (const type of ["application/json", "text/event-stream"]) {
        const { failure } = yield* failing(flooding(type))
        assert.deepInclude(failure, { reason: "too_large" }, type)
      }
      yield* becomes(() => open === 0)
    }).pipe(Effect.scoped)
  )

  it.effect("a long text is given on in part", () =>
    Effect.gen(function* () {
      const long = "y".repeat(200_000)
      const { url } = yield* rawServer(
        on("tools/call", (request, response) =>
          toolResult(response, request, { content: [{ type: "text", text: `\0${long}` }] })
        )
      )
      const { content } = yield* call(http(url), "echo")
      assert.match(content, /^y{16384}\n\[cut here: 183616 of 200000 characters left out\]$/)
    })
  )

  it.effect("a call that is called off is hung up", () =>
    Effect.gen(function* () {
      const { requests, url } = yield* rawServer(
        on("tools/call", (_, response) => {
          stream(response).write(": wait\n\n")
          return "done"
        })
      )
      const fiber = yield* Effect.forkChild(call(http(url), "echo"))
      const called = () => requests.find(({ method }) => method === "tools/call")
      yield* becomes(() => called() !== undefined)
      yield* Fiber.interrupt(fiber)
      yield* becomes(() => called()?.hungUp === true)
      yield* becomes(() => requests.some(({ method }) => method === "notifications/cancelled"))
    })
  )

  it.effect("a session that the server has forgotten is begun anew, and the call made once more", () =>
    Effect.gen(function* () {
      let session = 1
      const { requests, url } = yield* rawServer((request, response) => {
        if (request.method === "initialize") response.setHeader("mcp-session-id", `s${session}`)
        if (request.headers["mcp-session-id"] === "s1" && session > 1) return sendJson(response, {}, 404)
        return null
      })
      yield* call(http(url), "echo")
      session++
      assert.deepInclude(yield* call(http(url), "echo", { n: 2 }), { content: '{"n":2}' })
      const sessions = requests
        .filter(({ method }) => method === "tools/call")
        .map(({ headers }) => headers["mcp-session-id"])
      assert.deepStrictEqual(sessions, ["s1", "s1", "s2"])
    })
  )

  it.effect("a lie about the structure of an answer is found out", () =>
    Effect.gen(function* () {
      const outputSchema = { type: "object", properties: { n: { type: "integer" } }, required: ["n"] }
      const answers: ReadonlyArray<unknown> = [{ n: 1 }, { n: "1" }, {}, undefined, { n: 1, more: deep }]
      let next = 0
      const { url } = yield* rawServer((request, response) => {
        if (request.method === "tools/list")
          return toolResult(response, request, { tools: [{ ...echoTool, outputSchema }] })
        if (request.method !== "tools/call") return null
        return toolResult(response, request, { content: [], structuredContent: answers[next++] })
      })
      assert.deepStrictEqual(yield* call(http(url), "echo"), { content: '{"n":1}', isError: false })
      for (let time = 1; time < answers.length; time++) {
        assert.deepInclude(yield* Effect.flip(call(http(url), "echo")), { reason: "invalid_answer" })
      }
    })
  )

  it.effect("bad tools are left out and told of; the good ones are there", () =>
    Effect.gen(function* () {
      const tools = [
        echoTool,
        { ...echoTool, name: "schema-1", inputSchema: { type: "string" } },
        { ...echoTool, name: "schema-2", inputSchema: { type: "object", properties: { a: { type: "whatever" } } } },
        {
          ...echoTool,
          name: "schema-3",
          inputSchema: { type: "object", properties: { a: { $ref: "https://x.y/z" } } }
        },
        { ...echoTool, name: "schema-4", inputSchema: "{}" },
        { ...echoTool, name: "schema-5", inputSchema: { type: "object", default: deep } },
        { ...echoTool, name: "no such\nname" },
        { ...echoTool, name: "long", description: "d".repeat(1_000_000) },
        { ...echoTool, name: "files/read.v2" },
        { ...echoTool, description: "the same again" },
        null
      ]
      const { url } = yield* rawServer(
        on("tools/list", (request, response) => toolResult(response, request, { tools }))
      )
      const mcp = yield* McpServers
      const list = yield* mcp.list(workspaceId, http(url))
      assert.deepStrictEqual(
        list.tools.map(({ name }) => name),
        ["echo", "files/read.v2"]
      )
      assert.strictEqual(list.problems.length, 8)
      const some = yield* mcp.list(workspaceId, http(url, { allow: ["files/read.v2", "gone"] }))
      assert.deepStrictEqual(
        some.tools.map(({ name }) => name),
        ["files/read.v2"]
      )
      assert.include(some.problems.at(-1) ?? "", "gone")
    })
  )

  it.effect("10,000 tools are too many, and pages without end come to one", () =>
    Effect.gen(function* () {
      const many = Array.from({ length: 10_000 }, (_, n) => ({ ...echoTool, name: `tool-${n}` }))
      const { url } = yield* rawServer(
        on("tools/list", (request, response) => toolResult(response, request, { tools: many }))
      )
      const mcp = yield* McpServers
      const list = yield* mcp.list(workspaceId, http(url))
      assert.strictEqual(list.tools.length, 128)
      assert.include(list.problems.join(), "9872 tools were left out")
      const last = yield* mcp.list(workspaceId, http(url, { allow: ["tool-9999"] }))
      assert.deepStrictEqual(
        last.tools.map(({ name }) => name),
        ["tool-9999"]
      )
      let page = 0
      const endless = yield* rawServer(
        on("tools/list", (request, response) =>
          toolResult(response, request, { tools: [echoTool], nextCursor: `${page++}` })
        )
      )
      assert.strictEqual((yield* mcp.list(workspaceId, http(endless.url))).tools.length, 1)
      assert.strictEqual(page, 50)
    })
  )

  it.effect("a server that cannot be reached is left alone for a while", () =>
    Effect.gen(function* () {
      const { requests, url } = yield* rawServer(on("initialize", (_, response) => sendJson(response, {}, 500)))
      const first = yield* Effect.flip(call(http(url), "echo"))
      const asked = requests.length
      const again = yield* Effect.flip(call(http(url), "echo"))
      assert.deepStrictEqual([first.reason, again.reason], ["unreachable", "unreachable"])
      assert.include(again.detail, "left alone")
      assert.strictEqual(requests.length, asked)
    })
  )
})

layer(servers({ connectMs: 300, listMs: 300, callMs: 300 }), { excludeTestServices: true })(
  "servers that hang",
  (it) => {
    it.effect("cost their time-out", () =>
      Effect.gen(function* () {
        for (const method of ["tools/call", "tools/list", "initialize"]) {
          const { failure } = yield* failing(on(method, () => "done"))
          assert.deepInclude(failure, { reason: "timeout" }, method)
        }
      }).pipe(Effect.scoped)
    )
  }
)

layer(servers({}, []), { excludeTestServices: true })("servers in private networks", (it) => {
  it.effect("are not dialled", () =>
    Effect.gen(function* () {
      const { requests, url } = yield* rawServer()
      assert.deepInclude(yield* Effect.flip(call(http(url), "echo")), { reason: "refused" })
      assert.strictEqual(requests.length, 0)
    })
  )
})
