import { engines } from "@butler/persistence/testing"
import { type Receiver, startReceiver } from "@butler/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, COMPLETIONS, listAt, say, textAt } from "./support/call.ts"
import { type Api, startApi } from "./support/startApi.ts"

const ENDPOINTS = "/v1/webhook-endpoints"
const LOOPBACK = { BUTLER_EGRESS_ALLOW: "127.0.0.1" }

for (const [engine, database] of engines) {
  describe(`webhooks on ${engine}`, () => {
    let api: Api
    let receiver: Receiver
    beforeAll(async () => {
      receiver = await startReceiver()
      api = await startApi(database, { environment: LOOPBACK })
    })
    afterAll(async () => {
      await api.stop()
      await receiver.stop()
    })

    const create = (json: Readonly<Record<string, unknown>> = {}) =>
      call(api, ENDPOINTS, { json: { url: `${receiver.url}/hook`, ...json } })

    const until = async (path: string, done: (body: unknown) => boolean): Promise<unknown> => {
      for (;;) {
        const { body } = await call(api, path)
        if (done(body)) return body
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }

    it("an endpoint is made, shown without its secret, changed and deleted", async () => {
      const made = await create({ headers: { "x-mine": "1" }, ratePerMinute: 60, enabled: false })
      expect(made.status).toBe(201)
      expect(made.body).toMatchObject({
        id: expect.stringMatching(/^wh_\d+$/),
        events: ["BUTLER_MESSAGE_CREATED"],
        payload: "example",
        headers: { "x-mine": "1" },
        ordered: true,
        ratePerMinute: 60,
        timeoutSeconds: 15,
        enabled: false,
        disabledReason: "manual",
        warning: null,
        secret: expect.stringMatching(/^whsec_/)
      })
      const path = `${ENDPOINTS}/${textAt(made.body, "id")}`
      const shown = await call(api, path)
      expect(shown.body).not.toHaveProperty("secret")
      const changed = await call(api, path, {
        method: "PATCH",
        json: { ratePerMinute: null, payload: "dto", enabled: true }
      })
      expect(changed.body).toMatchObject({ ratePerMinute: null, payload: "dto", enabled: true, disabledReason: null })
      expect(listAt((await call(api, ENDPOINTS)).body, "data")).toContainEqual(changed.body)
      expect((await call(api, path, { method: "DELETE" })).status).toBe(204)
      expect((await call(api, path)).body).toMatchObject({ status: 404, code: "webhook_endpoint_not_found" })
    })

    it.each([
      ["the loopback's other addresses", { url: "http://127.0.0.2/" }, "url"],
      ["another scheme", { url: "ftp://example.com/" }, "url"],
      ["a password", { url: "https://a:b@example.com/" }, "url"],
      ["no event", { events: [] }, "events"],
      ["an unknown event", { events: ["NOTHING"] }, "events[0]"],
      ["an unknown payload style", { payload: "xml" }, "payload"],
      ["a header of ours", { headers: { "Webhook-Signature": "x" } }, "headers.Webhook-Signature"],
      ["a secret of another form", { secret: "hunter2" }, "secret"],
      ["too long a time-out", { timeoutSeconds: 31 }, "timeoutSeconds"],
      ["no rate at all", { ratePerMinute: 0 }, "ratePerMinute"]
    ])("an endpoint with %s is refused", async (_, json, path) => {
      const { body, status } = await create(json)
      expect(status).toBe(400)
      expect(body).toMatchObject({ code: "invalid_request", issues: [{ path }] })
    })

    it("events arrive, are listed with their attempts and can be pulled", async () => {
      const made = await create({ url: `${receiver.url}/events` })
      const path = `${ENDPOINTS}/${textAt(made.body, "id")}`
      await say(api, { query: "hello", userId: "webhook-1" })
      const listed = await until(`${path}/deliveries`, (body) =>
        listAt(body, "data").every((delivery) => at(delivery, "status") === "delivered")
      )
      expect(listAt(listed, "data")).toHaveLength(2)
      const [latest] = listAt(listed, "data")
      expect(latest).toMatchObject({
        sequence: 2,
        nextAttemptAt: null,
        attempts: [{ number: 1, status: 200, error: null }]
      })
      expect((await call(api, `${path}/deliveries/${textAt(latest, "id")}`)).body).toEqual(latest)
      const first = (await call(api, `${path}/deliveries?limit=1`)).body
      const second = (await call(api, `${path}/deliveries?limit=1&cursor=${textAt(first, "nextCursor")}`)).body
      expect([...listAt(first, "data"), ...listAt(second, "data")]).toEqual(listAt(listed, "data"))
      expect(at(second, "nextCursor")).toBeNull()

      const pulled = await until(`${path}/events?limit=1`, (body) => listAt(body, "data").length === 1)
      const rest = (await call(api, `${path}/events?after=${textAt(pulled, "nextCursor")}`)).body
      const posted = receiver.requests
        .filter((request) => request.path === "/events")
        .map(({ body }) => JSON.parse(body))
      expect([...listAt(pulled, "data"), ...listAt(rest, "data")]).toEqual(posted)
      const empty = (await call(api, `${path}/events?after=${textAt(rest, "nextCursor")}`)).body
      expect(empty).toEqual({ data: [], nextCursor: at(rest, "nextCursor") })

      const retried = await call(api, `${path}/deliveries/${textAt(latest, "id")}/retry`, { method: "POST" })
      expect(retried.status).toBe(202)
      await until(`${path}/deliveries/${textAt(latest, "id")}`, (body) => listAt(body, "attempts").length === 2)

      await call(api, path, { method: "PATCH", json: { enabled: false } })
      const refused = await call(api, `${path}/deliveries/${textAt(latest, "id")}/retry`, { method: "POST" })
      expect(refused.body).toMatchObject({ status: 409, code: "webhook_endpoint_disabled" })
      const unknown = await call(api, `${path}/deliveries/03703d30-50f2-4103-bdb6-8aa331f36cc5`)
      expect(unknown.body).toMatchObject({ status: 404, code: "delivery_not_found" })
    })

    it("what was skipped is counted, then replayed", async () => {
      const made = await create({ url: `${receiver.url}/replayed`, enabled: false })
      const path = `${ENDPOINTS}/${textAt(made.body, "id")}`
      await say(api, { query: "hello", userId: "webhook-2" })
      const since = new Date(Date.now() - 60_000).toISOString()
      expect((await call(api, `${path}/replay`, { json: { since } })).status).toBe(409)
      await call(api, path, { method: "PATCH", json: { enabled: true } })
      const dry = await call(api, `${path}/replay`, { json: { since, dryRun: true } })
      expect(dry.body).toMatchObject({ id: null, total: 2, done: 0 })
      const job = await call(api, `${path}/replay`, { json: { since } })
      expect(job.status).toBe(202)
      const progress = await until(
        `${path}/replays/${textAt(job.body, "id")}`,
        (body) => at(body, "finishedAt") !== null
      )
      expect(progress).toMatchObject({ total: 2, done: 2 })
      await until(`${path}/deliveries`, (body) =>
        listAt(body, "data").every((delivery) => at(delivery, "status") === "delivered")
      )
      expect(receiver.requests.filter((request) => request.path === "/replayed")).toHaveLength(2)

      const old = new Date(Date.now() - 31 * 86_400_000).toISOString()
      const tooOld = await call(api, `${path}/replay`, { json: { since: old } })
      expect(tooOld.body).toMatchObject({ status: 400, issues: [{ path: "since" }] })
      const backwards = await call(api, `${path}/replay`, { json: { since, until: old } })
      expect(backwards.body).toMatchObject({ status: 400, issues: [{ path: "until" }] })
      expect((await call(api, `${path}/replays/rp_1`)).body).toMatchObject({ status: 404, code: "replay_not_found" })
    })

    it("a test event tells what came of it", async () => {
      const made = await create({ url: `${receiver.url}/test`, enabled: false })
      const tested = await call(api, `${ENDPOINTS}/${textAt(made.body, "id")}/test`, { method: "POST" })
      expect(tested.body).toMatchObject({ delivered: true, status: 200, error: null })
      const request = receiver.requests.find(({ path }) => path === "/test")
      expect(request?.headers["webhook-signature"]).toMatch(/^v1,/)
      expect(JSON.parse(request?.body ?? "")).toMatchObject({
        businessType: 15016,
        data: { content: "This is a test event." }
      })
    })

    it("secrets are shown to who may, and rotated", async () => {
      const secret = textAt((await call(api, "/v1/signing-secret")).body, "secret")
      expect(secret).toMatch(/^whsec_/)
      const rotated = await call(api, "/v1/signing-secret/rotate", { json: { overlapHours: 1 } })
      expect(rotated.body).toMatchObject({ previous: [{ secret }] })
      expect(at(rotated.body, "secret")).not.toBe(secret)
      expect((await call(api, "/v1/signing-secret")).body).toEqual(rotated.body)
      const tooLong = await call(api, "/v1/signing-secret/rotate", { json: { overlapHours: 169 } })
      expect(tooLong.body).toMatchObject({ status: 400, issues: [{ path: "overlapHours" }] })
      const reader = await call(api, "/v1/api-keys", { json: { name: "reader", scopes: ["webhooks:read"] } })
      const key = textAt(reader.body, "key")
      expect((await call(api, "/v1/signing-secret", { key })).status).toBe(403)
      expect((await call(api, ENDPOINTS, { key })).status).toBe(200)
    })

    it("a callback is sent, also for an asynchronous turn", async () => {
      const sent = await say(api, { query: "hello", async: true, sendWebhook: `${receiver.url}/callback` })
      expect(sent.status).toBe(200)
      while (!receiver.requests.some(({ path }) => path === "/callback")) await new Promise((go) => setTimeout(go, 20))
      const request = receiver.requests.find(({ path }) => path === "/callback")
      expect(JSON.parse(request?.body ?? "")).toMatchObject({
        turnId: at(sent.body, "data", "turnId"),
        attachments: []
      })
    })

    it("a callback URL that is forbidden is named, and nothing is stored", async () => {
      const dialogsBefore = listAt((await call(api, "/v1/dialogs?limit=100")).body, "data").length
      for (const sendWebhook of [
        "http://169.254.169.254/",
        "http://[::1]/",
        "http://0x7f.2/",
        "https://u:p@example.com/"
      ]) {
        const { body, status } = await say(api, { query: "hello", sendWebhook })
        expect(status).toBe(400)
        expect(at(body, "error")).toMatchObject({ type: "invalid_request", issues: [{ path: "sendWebhook" }] })
      }
      expect(listAt((await call(api, "/v1/dialogs?limit=100")).body, "data")).toHaveLength(dialogsBefore)
    })

    it("a key with a list of hosts calls back there alone, and grants no more", async () => {
      const scopes = ["turns:write", "api-keys:write"]
      const wanted = { name: "narrow", scopes, callbackHosts: ["*.example.com", "hooks.test"] }
      const narrow = await call(api, "/v1/api-keys", { json: wanted })
      expect(narrow.body).toMatchObject({ callbackHosts: wanted.callbackHosts })
      const key = textAt(narrow.body, "key")
      const callBack = (sendWebhook: string) => say(api, { query: "hello", sendWebhook }, { key })
      expect((await callBack(`${receiver.url}/`)).status).toBe(400)
      expect((await callBack("https://example.com/")).status).toBe(400)
      expect((await callBack("https://a.example.com/")).status).toBe(200)
      const inherited = await call(api, "/v1/api-keys", { json: { name: "heir" }, key })
      expect(inherited.body).toMatchObject({ callbackHosts: wanted.callbackHosts })
      const wider = await call(api, "/v1/api-keys", { json: { name: "wide", callbackHosts: ["other.test"] }, key })
      expect(wider.status).toBe(403)
    })

    it("another workspace's endpoint does not exist", async () => {
      const made = await create({ enabled: false })
      const other = await call(api, "/v1/workspaces", { json: { name: "other" } })
      const key = textAt(other.body, "apiKey", "key")
      const path = `${ENDPOINTS}/${textAt(made.body, "id")}`
      for (const [method, place] of [
        ["GET", path],
        ["PATCH", path],
        ["DELETE", path],
        ["GET", `${path}/deliveries`],
        ["GET", `${path}/events`],
        ["POST", `${path}/test`],
        ["POST", `${path}/rotate-secret`]
      ] as const) {
        const json = method === "PATCH" || place.endsWith("secret") ? { json: {} } : {}
        expect((await call(api, place, { method, key, ...json })).status).toBe(404)
      }
      expect(listAt((await call(api, ENDPOINTS, { key })).body, "data")).toEqual([])
    })

    it("a body that is no JSON stores nothing", async () => {
      const before = receiver.requests.length
      expect((await call(api, COMPLETIONS, { raw: `{"query":"x","sendWebhook":"${receiver.url}/` })).status).toBe(400)
      expect(receiver.requests).toHaveLength(before)
    })
  })
}
