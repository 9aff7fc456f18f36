import { afterEach, assert, describe, it } from "vitest"
import { type ModelReply, type ModelScript, type ModelServer, startModelServer } from "../../src/index.ts"

const started: Array<ModelServer> = []
afterEach(() => Promise.all(started.splice(0).map((server) => server.stop())))

const serve = async (script?: ModelScript) => {
  const server = await startModelServer(script)
  started.push(server)
  return server
}

const ask = (server: ModelServer, body: object, init: RequestInit = {}) =>
  fetch(`${server.url}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer k" },
    body: JSON.stringify({ model: "m", messages: [{ role: "user", content: "hello" }], ...body }),
    ...init
  })

const STREAM = { stream: true, stream_options: { include_usage: true } }

const events = (text: string): ReadonlyArray<string> =>
  text
    .split("\n\n")
    .filter((event) => event !== "")
    .map((event) => event.replace(/^data: /u, ""))

const rejection = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => false,
    () => true
  )

describe("startModelServer", () => {
  it("echoes by default, the same way every time, and records what it was asked", async () => {
    const server = await serve()
    const first = await (await ask(server, {})).text()
    assert.strictEqual(first, await (await ask(server, {})).text())
    assert.include(first, `"content":"You said: hello"`)
    assert.include(first, `"total_tokens":4`)
    assert.strictEqual(server.requests[0]?.headers.authorization, "Bearer k")
    assert.deepInclude(server.requests[0]?.body, { model: "m" })
  })

  it("streams the chunks it is given, one event each, then usage and the end", async () => {
    const usage = { promptTokens: 3, completionTokens: 2 }
    const server = await serve([{ kind: "chunks", chunks: ["Hel", { text: "lo", afterMs: 1 }], usage }])
    const response = await ask(server, STREAM)
    assert.strictEqual(response.headers.get("content-type"), "text/event-stream")
    const all = events(await response.text())
    const deltas = all.map((event) => /"content":"(?<text>[^"]+)"/u.exec(event)?.groups?.["text"])
    assert.deepStrictEqual(
      deltas.filter((text) => text !== undefined),
      ["Hel", "lo"]
    )
    assert.include(all.at(-3), `"finish_reason":"stop"`)
    assert.include(all.at(-2), `"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}`)
    assert.strictEqual(all.at(-1), "[DONE]")
    assert.strictEqual(server.requests[0]?.sentAt.length, 2)
  })

  it("sends a chunk no sooner than it is released", async () => {
    const gate = Promise.withResolvers<void>()
    const server = await serve([{ kind: "chunks", chunks: ["a", { text: "b", after: gate.promise }] }])
    const reader = (await ask(server, STREAM)).body?.getReader()
    assert.isDefined(reader)
    await reader.read()
    assert.strictEqual(server.open(), 1)
    gate.resolve()
    let text = ""
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      text += Buffer.from(value).toString()
    }
    assert.include(text, `"content":"b"`)
  })

  it("calls tools, in one piece and streamed", async () => {
    const calls: ModelReply = { kind: "toolCalls", calls: [{ name: "find", arguments: { id: 7 } }] }
    const server = await serve([calls])
    for (const body of [{}, STREAM]) {
      const text = await (await ask(server, body)).text()
      assert.include(text, `"function":{"name":"find","arguments":"{\\"id\\":7}"}`)
      assert.include(text, `"finish_reason":"tool_calls"`)
    }
  })

  it("fails with status and Retry-After, then goes on in the script and stays at its last reply", async () => {
    const server = await serve([
      { kind: "status", status: 429, headers: { "retry-after": "7" } },
      { kind: "status", status: 500 },
      { kind: "text", text: "at last" }
    ])
    const first = await ask(server, {})
    assert.strictEqual(first.status, 429)
    assert.strictEqual(first.headers.get("retry-after"), "7")
    assert.include(await first.text(), "rate_limit_error")
    assert.strictEqual((await ask(server, {})).status, 500)
    assert.include(await (await ask(server, {})).text(), "at last")
    assert.include(await (await ask(server, {})).text(), "at last")
  })

  it("cuts the connection before the headers and in the middle of a stream", async () => {
    const server = await serve([{ kind: "cut" }, { kind: "cut", after: ["half"] }])
    assert.isTrue(await rejection(ask(server, STREAM)))
    const response = await ask(server, STREAM)
    assert.strictEqual(response.status, 200)
    assert.isTrue(await rejection(response.text()))
  })

  it("ends unfinished, sends what is not JSON, and says nothing at all", async () => {
    const server = await serve([
      { kind: "unfinished", chunks: ["half"] },
      { kind: "raw", body: "data: {oops\n\n" },
      { kind: "raw", body: "<html>" },
      { kind: "empty" }
    ])
    const unfinished = await (await ask(server, STREAM)).text()
    assert.include(unfinished, "half")
    assert.notInclude(unfinished, `"finish_reason":"stop"`)
    assert.strictEqual(await (await ask(server, STREAM)).text(), "data: {oops\n\n")
    assert.strictEqual(await (await ask(server, {})).text(), "<html>")
    assert.include(await (await ask(server, {})).text(), `"content":""`)
  })

  it("hangs until the caller goes away, and notices that it did", async () => {
    const server = await serve([{ kind: "hang", after: ["wait"] }])
    const caller = new AbortController()
    const response = await ask(server, STREAM, { signal: caller.signal })
    const reader = response.body?.getReader()
    await reader?.read()
    caller.abort()
    while (server.open() > 0) await new Promise((resolve) => setImmediate(resolve))
    assert.strictEqual(server.requests[0]?.aborted, true)
  })

  it("knows no other path", async () => {
    const server = await serve()
    assert.strictEqual((await fetch(`${server.url}/models`)).status, 404)
    assert.strictEqual(server.requests.length, 0)
  })
})
