import { assert, layer } from "@effect/vitest"
import { Effect, Schedule } from "effect"
import { McpServers } from "../../src/mcp/McpServers.ts"
import { call, otherWorkspaceId, servers, stdio } from "./support/servers.ts"

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const goes = (pid: number) =>
  Effect.sync(() => !isAlive(pid)).pipe(
    Effect.repeat({ until: (gone) => gone, schedule: Schedule.spaced("10 millis") }),
    Effect.timeout("5 seconds")
  )

const pidOf = Effect.map(call(stdio("raw"), "pid"), ({ content }) => Number(content))

layer(servers(), { excludeTestServices: true })("servers over standard input and output", (it) => {
  it.effect("one program serves a workspace's calls, in an environment of its own", () =>
    Effect.gen(function* () {
      const pids = yield* Effect.all([pidOf, pidOf, pidOf], { concurrency: 3 })
      assert.strictEqual(new Set(pids).size, 1)
      const env = yield* call(stdio("raw"), "env")
      assert.deepStrictEqual(Object.keys(JSON.parse(env.content)), ["PATH"])
      const mcp = yield* McpServers
      const tool = { name: "pid", description: "", inputSchema: { type: "object" }, outputSchema: null }
      const theirs = yield* mcp.call(otherWorkspaceId, stdio("raw"), { tool, input: {}, identity: null })
      assert.notStrictEqual(Number(theirs.content), pids[0])
    })
  )

  it.effect("an answer of 50 MB fails its own call alone, and a crash is made good by a new start", () =>
    Effect.gen(function* () {
      const before = yield* pidOf
      assert.deepInclude(yield* Effect.flip(call(stdio("raw"), "flood")), { reason: "too_large" })
      assert.strictEqual(yield* pidOf, before)
      assert.deepInclude(yield* Effect.flip(call(stdio("raw"), "crash")), { reason: "unreachable" })
      const again = Effect.retry(pidOf, { schedule: Schedule.spaced("100 millis"), times: 50 })
      assert.notStrictEqual(yield* again, before)
    })
  )

  it.effect("a program that is missing, or does nothing but end, or is not the operator's, is no server", () =>
    Effect.gen(function* () {
      for (const name of ["missing", "ends"]) {
        assert.deepInclude(yield* Effect.flip(call(stdio(name), "pid")), { reason: "unreachable" }, name)
      }
      for (const name of ["sh", "__proto__", "toString"]) {
        assert.deepInclude(yield* Effect.flip(call(stdio(name), "pid")), { reason: "refused" }, name)
      }
    })
  )

  it.effect("programs go with the process's end, and take along what they have started", () =>
    Effect.gen(function* () {
      const running = Effect.all([pidOf, Effect.map(call(stdio("raw"), "child"), ({ content }) => Number(content))])
      const [pid, child] = yield* Effect.provide(running, servers(), { local: true })
      yield* goes(pid)
      yield* goes(child)
    })
  )
})
