import { freshPglite } from "@butler/persistence/testing"
import {
  echoTool,
  type ModelServer,
  type Receiver,
  startModelServer,
  startReceiver,
  startToolServer,
  type ToolServer,
  toolResult
} from "@butler/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, COMPLETIONS, listAt, textAt } from "../support/call.ts"
import { eachAsNewUser } from "../support/eachAsNewUser.ts"
import { type Api, startApi } from "../support/startApi.ts"

let api: Api
let model: ModelServer
let shop: ToolServer
let receiver: Receiver

beforeAll(async () => {
  model = await startModelServer([{ kind: "text", text: "from the model" }])
  shop = await startToolServer((request, response) =>
    request.method === "tools/list" ? toolResult(response, request, { tools: [echoTool] }) : null
  )
  receiver = await startReceiver()
  api = await startApi(freshPglite, {
    environment: {
      BUTLER_SAMPLE: "off",
      BUTLER_RATE_PER_MINUTE: "0",
      BUTLER_MODEL_URL: model.url,
      BUTLER_MODEL: "m",
      BUTLER_EGRESS_ALLOW: "127.0.0.1/32"
    }
  })
})
afterAll(async () => {
  await api.stop()
  await Promise.all([model.stop(), shop.stop(), receiver.stop()])
})

const { ask, entitle, chatbotId, key } = eachAsNewUser(() => api)

describe("a feature that is switched off", () => {
  it("api: every face refuses the user's keys and tokens until it is on again", async () => {
    const own = textAt((await ask("/v1/api-keys", { json: { name: "own" } })).body, "key")
    const [, id = "", secret = ""] = /^(bk_[a-z0-9]{16})_(.+)$/.exec(key()) ?? []
    const exchange = () =>
      call(api, "/api/open/v3/token", { json: { body: { appKey: id, appSecret: secret } }, key: null })
    const token = textAt((await exchange()).body, "data", "entity", "accessToken")
    expect((await call(api, "/v1/workspace", { key: token })).status).toBe(200)
    await entitle({ features: { api: false } })
    for (const shown of [key(), own, token]) {
      expect(await call(api, COMPLETIONS, { key: shown, json: { query: "Hello" } })).toMatchObject({
        status: 403,
        body: { code: 403, error: { type: "feature_disabled" } }
      })
      expect(await call(api, "/v1/workspace", { key: shown })).toMatchObject({
        status: 403,
        body: { code: "feature_disabled" }
      })
      expect(await call(api, "/api/v0/chatbots", { key: shown })).toMatchObject({
        status: 403,
        body: { success: false, error: { code: "FEATURE_DISABLED" } }
      })
    }
    expect(await exchange()).toMatchObject({ status: 403, body: { error: { type: "feature_disabled" } } })
    await entitle({ features: { api: true } })
    expect((await ask("/v1/workspace")).status).toBe(200)
  })

  it("watermark: its chatbots hide it, whatever they say themselves", async () => {
    const path = `/api/v0/chatbots/${await chatbotId()}`
    await ask(`${path}/appearance`, { method: "PATCH", json: { hideWatermark: false } })
    const hidden = async () => at((await ask(path)).body, "data", "chatbot", "settings", "hideWatermark")
    expect(await hidden()).toBe(false)
    await entitle({ features: { watermark: false } })
    expect(await hidden()).toBe(true)
    const { body } = await ask("/api/v0/chatbots")
    expect(at(body, "data", "chatbots", 0, "settings", "hideWatermark")).toBe(true)
  })

  it("functions: no tool of a server is offered to the model", async () => {
    const agent = `/v1/agents/${await chatbotId()}`
    const toolServers = [{ name: "shop", transport: { type: "http", url: shop.url } }]
    expect((await ask(agent, { method: "PATCH", json: { toolServers } })).status).toBe(200)
    const offered = async () => {
      const asked = model.requests.length
      await ask(`${agent}/turns`, { json: { query: "Hello" } })
      return JSON.stringify(model.requests.slice(asked).map(({ body }) => at(body, "tools"))).includes("echo")
    }
    expect(await offered()).toBe(true)
    await entitle({ features: { functions: false } })
    expect(await offered()).toBe(false)
    await entitle({ features: { functions: true } })
    expect(await offered()).toBe(true)
  })

  it("webhooks: neither endpoints nor callbacks are called, and nothing is sent later", async () => {
    const url = `${receiver.url}/forbidden`
    const made = await ask("/v1/webhook-endpoints", { json: { url } })
    const endpoint = `/v1/webhook-endpoints/${textAt(made.body, "id")}`
    const deliveries = async () => listAt((await ask(`${endpoint}/deliveries`)).body, "data")
    const statuses = async () => [...new Set((await deliveries()).map((delivery) => at(delivery, "status")))]
    const said = () => receiver.requests.filter(({ path }) => path.startsWith("/forbidden")).length
    const say = () => ask(COMPLETIONS, { json: { query: "Hello", sendWebhook: `${url}/callback` } })

    await entitle({ features: { webhooks: false } })
    expect((await say()).status).toBe(200)
    await expect.poll(statuses, { interval: 20, timeout: 10_000 }).toEqual(["skipped"])
    expect(await ask(`${endpoint}/test`, { method: "POST" })).toMatchObject({
      status: 403,
      body: { code: "feature_disabled" }
    })
    expect(said()).toBe(0)

    await entitle({ features: { webhooks: true } })
    expect((await say()).status).toBe(200)
    // The question and the answer, to the endpoint; the answer, to the callback.
    await expect.poll(said, { interval: 20, timeout: 10_000 }).toBe(3)
    await expect.poll(async () => (await deliveries()).length, { interval: 20, timeout: 10_000 }).toBe(4)
    expect((await statuses()).toSorted()).toEqual(["delivered", "skipped"])
    expect(said()).toBe(3)
  })
})
