import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chatMessages, startModelServer, startToolServer } from "@butler/testing"
import { expect, it } from "vitest"
import { at, call, say, textAt } from "./support/call.ts"
import { prepareHome } from "./support/prepareHome.ts"
import { KEY } from "./support/startApi.ts"
import { startMain } from "./support/startMain.ts"

it("a process that is killed between two calls of tools goes on with the second when it is started again", async () => {
  // The second call hangs for as long as the first process lives.
  let killed = false
  const shop = await startToolServer((request) =>
    at(request.params, "arguments", "step") === 2 && !killed ? "done" : null
  )
  const model = await startModelServer(({ body }) => {
    const step = chatMessages(body).filter(({ role }) => role === "tool").length + 1
    return step > 2
      ? { kind: "text", text: "Both are done." }
      : { kind: "toolCalls", calls: [{ name: "echo", arguments: { step } }] }
  })
  const folder = mkdtempSync(join(tmpdir(), "butler-crash-"))
  await prepareHome(join(folder, ".butler"))
  const environment = {
    BUTLER_BOOTSTRAP_KEY: KEY,
    BUTLER_SAMPLE: "off",
    BUTLER_MODEL_URL: model.url,
    BUTLER_MODEL: "scripted",
    BUTLER_EGRESS_ALLOW: "127.0.0.0/8",
    LOG_LEVEL: "None"
  }
  const steps = () =>
    shop.requests.filter(({ method }) => method === "tools/call").map(({ params }) => at(params, "arguments", "step"))
  let main = await startMain(folder, environment)
  try {
    const agent = `/v1/agents/${textAt((await call(main.api, "/v1/agents")).body, "data", 0, "id")}`
    const toolServers = [{ name: "shop", transport: { type: "http", url: shop.url } }]
    expect((await call(main.api, agent, { method: "PATCH", json: { toolServers } })).status).toBe(200)
    const { body } = await say(main.api, { query: "Do both.", async: true })
    await expect.poll(steps, { timeout: 30_000 }).toEqual([1, 2])
    await main.end("SIGKILL")
    killed = true
    main = await startMain(folder, environment)
    const turn = async () => (await call(main.api, `/v1/turns/${textAt(body, "data", "turnId")}`)).body
    await expect.poll(async () => at(await turn(), "status"), { timeout: 60_000 }).toBe("completed")
    expect(await turn()).toMatchObject({ attempts: 2, messages: [{ text: "Both are done." }] })
    expect(steps()).toEqual([1, 2, 2])
  } finally {
    await main.end("SIGKILL")
    await Promise.all([model.stop(), shop.stop()])
    rmSync(folder, { recursive: true })
  }
}, 180_000)
